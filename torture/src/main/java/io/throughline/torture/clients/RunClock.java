package io.throughline.torture.clients;

/**
 * Time since the run began. {@link System#nanoTime} is the system's monotonic clock on Linux, and so the same in every process
 * and in Python's {@code time.monotonic_ns}.
 *
 * @param origin when the run began
 */
public record RunClock(long origin) {

    public static RunClock begin() {
        return new RunClock(System.nanoTime());
    }

    /** In ns. */
    public long now() {
        return System.nanoTime() - origin;
    }
}
