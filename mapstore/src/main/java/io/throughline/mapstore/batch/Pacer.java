package io.throughline.mapstore.batch;

/**
 * How long a lane lets the next batch gather. A commit costs about the same whatever its size, so under load a fuller
 * batch pays for a wait that stays a fraction of the commits it saves; with few callers the wait would only be latency
 * (docs/group-commit.md has the measurement).
 */
final class Pacer {

    static final int COMMITS_WAITED = 2;

    static final long LONGEST_PAUSE_NANOS = 15_000_000;

    private Pacer() {}

    /**
     * @param lastRows rows of the batch that just ended
     * @param lastNanos how long it took
     * @param waiting operations that wait already
     * @param batchLimit what the next batch can hold
     */
    static long pauseNanos(int lastRows, long lastNanos, int waiting, int batchLimit) {
        if (waiting >= batchLimit) {
            return 0;
        }
        int commits = Math.max(0, Math.min(lastRows - 1, COMMITS_WAITED)); // a lone row had no company to wait for
        return Math.min(commits * lastNanos, LONGEST_PAUSE_NANOS);
    }
}
