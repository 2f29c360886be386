package io.throughline.bench.generator;

/** One kind of operation, started by a single thread and answered by others. */
public interface Operation {

    /**
     * Starts one and returns at once.
     *
     * @param dueNanos when it ought to have been started, on {@link System#nanoTime}'s scale: its latency counts from then
     * @param answered is run once, when the answer is there and booked
     */
    void start(long dueNanos, Runnable answered);
}
