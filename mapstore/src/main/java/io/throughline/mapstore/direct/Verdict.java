package io.throughline.mapstore.direct;

import io.throughline.mapstore.row.ColumnValue;
import io.throughline.mapstore.statement.DirectReply;
import io.throughline.mapstore.statement.DirectWrite;
import java.time.Duration;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** What a direct write's reply says about it. Pure. */
enum Verdict {
    /** The row has taken it, now or when it was sent before. */
    WRITTEN,
    /** Its condition did not hold. */
    CONDITION_FAILED,
    /** The row has taken a later deadline: try with one later still. */
    OVERTAKEN,
    /** Its condition holds now and did not a moment ago: try again. */
    CHANGED,
    /** The deadline is too far ahead of the shard's clock. */
    AHEAD,
    /** Synchronous replication is not in force, so nothing was written. */
    NOT_REPLICATED;

    static Verdict of(
            DirectWrite write, DirectReply reply, long deadline, Duration maxClockSkew, boolean mustBeGuarded) {
        if (reply.taken()) {
            return WRITTEN;
        }
        if (mustBeGuarded && !reply.guarded()) {
            return NOT_REPLICATED;
        }
        if (deadline > reply.now() + maxClockSkew.toMillis()) {
            return AHEAD;
        }
        if (reply.notBefore() >= deadline) {
            return OVERTAKEN;
        }
        return holds(write, reply.column()) ? CHANGED : CONDITION_FAILED;
    }

    private static boolean holds(DirectWrite write, @Nullable Object column) {
        return switch (write.kind()) {
            case PUT, REMOVE -> true;
            case PUT_IF_ABSENT -> column == null;
            case REPLACE -> column != null && same(write.expected(), column);
        };
    }

    private static boolean same(@Nullable ColumnValue expected, Object column) {
        return expected != null
                && (column instanceof byte[] bytes
                        ? Arrays.equals((byte[]) expected.column(), bytes)
                        : expected.column().equals(column));
    }
}
