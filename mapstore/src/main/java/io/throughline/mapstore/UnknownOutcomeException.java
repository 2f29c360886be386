package io.throughline.mapstore;

import org.jspecify.annotations.Nullable;

/**
 * The write may be stored, now or later. The entry is evicted, so that the next read asks the shard; but for {@link ErrorCode#OVERLOADED},
 * where that would be too much.
 */
public final class UnknownOutcomeException extends ThroughlineException {

    public UnknownOutcomeException(ErrorCode code, String message, @Nullable Throwable cause) {
        super("UNKNOWN", code, message, cause);
    }
}
