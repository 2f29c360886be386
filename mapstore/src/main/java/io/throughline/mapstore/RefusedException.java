package io.throughline.mapstore;

import org.jspecify.annotations.Nullable;

/** Nothing was stored, and nothing will be: the operation may safely be given up or tried again. */
public final class RefusedException extends ThroughlineException {

    public RefusedException(ErrorCode code, String message, @Nullable Throwable cause) {
        super("REFUSED", code, message, cause);
    }
}
