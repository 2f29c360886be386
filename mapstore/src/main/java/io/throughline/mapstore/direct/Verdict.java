package io.throughline.mapstore.direct;

import io.throughline.mapstore.row.ColumnValue;
import io.throughline.mapstore.statement.DirectReply;
import io.throughline.mapstore.statement.DirectWrite;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
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
    /** An earlier copy may have been taken, and forgotten since. */
    FORGOTTEN,
    /** Synchronous replication is not in force, so nothing was written. */
    NOT_REPLICATED;

    /** How far this client may be off with when a copy was sent, on the shard's clock. */
    static final long MARGIN_MILLIS = 50;

    /** @param firstSent when the first copy was sent that may have been taken; far ahead where there is none */
    static Verdict of(
            DirectWrite write,
            DirectReply reply,
            long deadline,
            long firstSent,
            Duration maxClockSkew,
            boolean mustBeGuarded) {
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
        if (mayBeForgotten(reply, firstSent)) {
            return !write.kind().conditional() && overwritten(reply.attempts(), firstSent) ? WRITTEN : FORGOTTEN;
        }
        return holds(write, reply.column()) ? CHANGED : CONDITION_FAILED;
    }

    private static boolean mayBeForgotten(DirectReply reply, long firstSent) {
        return reply.remembersAllItCan()
                && reply.attempts().get(reply.attempts().size() - 1) >= forgottenFrom(firstSent);
    }

    static long forgottenFrom(long firstSent) {
        return firstSent == Long.MAX_VALUE ? firstSent : firstSent - MARGIN_MILLIS;
    }

    /**
     * Whether an unconditional write was taken since: then this one, taken or not, counts as written just before it. Such
     * writes have even ids.
     */
    private static boolean overwritten(List<Long> attempts, long firstSent) {
        for (int id = 0; id < attempts.size(); id += 2) {
            if (attempts.get(id) % 2 == 0 && attempts.get(id + 1) > firstSent + MARGIN_MILLIS) {
                return true;
            }
        }
        return false;
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
