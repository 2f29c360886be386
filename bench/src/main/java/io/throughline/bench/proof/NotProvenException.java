package io.throughline.bench.proof;

/** The rows could not be compared. */
public final class NotProvenException extends RuntimeException {

    public NotProvenException(String message) {
        super(message);
    }
}
