package io.throughline.mapstore.batch;

import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/**
 * Lets a lane's next batch gather. A commit costs about the same whatever its size, so under load a fuller
 * batch pays for a wait that stays a fraction of the commits it saves; with few callers the wait would only be latency. Where
 * processors are short a commit costs more than its own time: all that waits for one meanwhile. How late the lane's thread wakes
 * up from a pause tells that (docs/group-commit.md has the measurements).
 *
 * <p>For the lane's thread alone.
 */
final class Pacer {

    static final int COMMITS_WAITED = 4;

    /** Well below the time after which a lane is taken to hang ({@link StackedStores#look}). */
    static final long LONGEST_PAUSE_NANOS = 25_000_000;

    private final int batchLimit;
    private long pauseNanos;
    private long lateNanos;

    /** @param batchLimit what a batch can hold */
    Pacer(int batchLimit) {
        this.batchLimit = batchLimit;
    }

    /**
     * @param rows of the batch that just ended, 0 if none of them was written
     * @param nanos how long it took
     * @param waiting operations that wait already
     */
    void wrote(int rows, long nanos, int waiting) {
        pauseNanos = waiting >= batchLimit ? 0 : pauseNanos(rows, nanos, lateNanos);
    }

    static long pauseNanos(int rows, long commitNanos, long lateNanos) {
        int commits = Math.max(0, Math.min(rows - 1, COMMITS_WAITED)); // a lone row had no company to wait for
        return Math.min(commits * (commitNanos + lateNanos), LONGEST_PAUSE_NANOS);
    }

    /** How long the next pause is. */
    long nextNanos() {
        return pauseNanos;
    }

    /** Waits once for what was written since the last time. */
    void pause(BooleanSupplier closed) {
        if (pauseNanos == 0) {
            return;
        }
        long end = System.nanoTime() + pauseNanos;
        pauseNanos = 0;
        long left = end - System.nanoTime();
        while (left > 0 && !closed.getAsBoolean()) {
            LockSupport.parkNanos(this, left); // an earlier unpark ends the first of these at once
            left = end - System.nanoTime();
        }
        lateNanos = lately(lateNanos, Math.max(0, -left));
    }

    /** The mean of what was late lately; one time when the whole process stood still counts for a pause. */
    static long lately(long before, long now) {
        return (3 * before + Math.min(now, LONGEST_PAUSE_NANOS)) / 4;
    }
}
