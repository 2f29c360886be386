package io.throughline.mapstore.config;

import org.jspecify.annotations.Nullable;

/** Nothing of the file can be read. The message doesn't name the file; {@link GridConfigReader} adds it. */
final class MalformedYamlException extends RuntimeException {

    MalformedYamlException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
