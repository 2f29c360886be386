package io.throughline.mapstore.shard;

import java.util.concurrent.locks.LockSupport;

/** The pause before rows are sent again: 20 ms, doubling, at most half a second. A failover takes seconds. */
public final class Backoff {

    private static final long FIRST_NANOS = 20_000_000;
    private static final long LONGEST_NANOS = 500_000_000;
    private long next = FIRST_NANOS;

    public void pause() {
        long until = System.nanoTime() + next;
        for (long left = next; left > 0; left = until - System.nanoTime()) {
            LockSupport.parkNanos(this, left);
        }
        next = Math.min(2 * next, LONGEST_NANOS);
    }
}
