package io.throughline.mapstore.direct;

import java.util.concurrent.TimeUnit;

/**
 * A shard's clock as this client knows it: what it said when a connection was opened, and monotonic time since. Until then
 * this machine's own clock; nothing but speed depends on it. Thread-safe.
 */
final class ShardClock {

    private static final long TOLERANCE_MILLIS = 20;

    /** Milliseconds since 1970 at the origin of {@link System#nanoTime}. */
    private volatile long origin = System.currentTimeMillis() - TimeUnit.NANOSECONDS.toMillis(System.nanoTime());

    /** @param millis what the shard said between these two moments, taken for their middle */
    void set(long millis, long askedNanos, long answeredNanos) {
        origin = millis - TimeUnit.NANOSECONDS.toMillis(askedNanos + (answeredNanos - askedNanos) / 2);
    }

    /** As {@link #set}, where it is off: after a failover to a machine with another clock, or when the shard's was set. */
    void correct(long millis, long askedNanos, long answeredNanos) {
        if (millis < at(askedNanos) - TOLERANCE_MILLIS || millis > at(answeredNanos) + TOLERANCE_MILLIS) {
            set(millis, askedNanos, answeredNanos);
        }
    }

    long now() {
        return at(System.nanoTime());
    }

    private long at(long nanos) {
        return origin + TimeUnit.NANOSECONDS.toMillis(nanos);
    }
}
