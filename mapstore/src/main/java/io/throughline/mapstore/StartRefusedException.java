package io.throughline.mapstore;

/**
 * A member may not start: the shards, their schema or the Hazelcast settings don't agree with throughline.yaml. The
 * message says what was found, what is expected and the way out.
 */
public final class StartRefusedException extends RuntimeException {

    public StartRefusedException(String message) {
        super(message);
    }

    public StartRefusedException(String message, Throwable cause) {
        super(message, cause);
    }
}
