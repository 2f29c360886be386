package io.throughline.mapstore.store;

import com.hazelcast.core.HazelcastException;
import com.hazelcast.core.HazelcastOverloadException;
import com.hazelcast.core.IndeterminateOperationStateException;
import com.hazelcast.spi.exception.RetryableHazelcastException;
import io.throughline.mapstore.ErrorCode;
import io.throughline.mapstore.ThroughlineException;
import io.throughline.mapstore.UnknownOutcomeException;
import java.util.Arrays;

/**
 * Our errors as classes that a Hazelcast client in any language has: a class of ours would arrive as "undefined error".
 * The code and the whole story are in the message. Causes stay in the member's log, since a driver's exception is
 * nothing that a client could read.
 */
final class ClientErrors {

    /** All of one store's own; those of others that share its thread are not sent to its client. */
    private static final int FRAMES = 32;

    private ClientErrors() {}

    static HazelcastException of(ThroughlineException failure) {
        HazelcastException error = withMessageOf(failure);
        StackTraceElement[] trace = failure.getStackTrace();
        error.setStackTrace(Arrays.copyOf(trace, Math.min(trace.length, FRAMES)));
        return error;
    }

    private static HazelcastException withMessageOf(ThroughlineException failure) {
        // Before the retry: what another member makes of it would hide that it may be stored already.
        if (failure instanceof UnknownOutcomeException) {
            return new IndeterminateOperationStateException(failure.getMessage());
        }
        if (failure.code() == ErrorCode.PARTITION_MOVED) {
            return new RetryableHazelcastException(failure.getMessage());
        }
        return failure.code() == ErrorCode.OVERLOADED
                ? new HazelcastOverloadException(failure.getMessage())
                : new HazelcastException(failure.getMessage());
    }
}
