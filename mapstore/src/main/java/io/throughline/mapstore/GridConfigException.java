package io.throughline.mapstore;

/** throughline.yaml can't be used as it is. The message names the file, each key that is wrong and what would be right. */
public final class GridConfigException extends RuntimeException {

    public GridConfigException(String message) {
        super(message);
    }

    public GridConfigException(String message, Throwable cause) {
        super(message, cause);
    }
}
