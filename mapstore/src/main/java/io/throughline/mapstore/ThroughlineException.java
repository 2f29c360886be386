package io.throughline.mapstore;

import org.jspecify.annotations.Nullable;

/**
 * What became of an operation that did not succeed: {@link RefusedException} or {@link UnknownOutcomeException}, and
 * nothing else. The message names the key, the shard, the cause and the way out.
 */
public abstract sealed class ThroughlineException extends RuntimeException
        permits RefusedException, UnknownOutcomeException {

    private final ErrorCode code;

    ThroughlineException(String outcome, ErrorCode code, String message, @Nullable Throwable cause) {
        super("[" + outcome + " " + code + "] " + message, cause);
        this.code = code;
    }

    public final ErrorCode code() {
        return code;
    }
}
