package io.throughline.bench.generator;

import java.util.concurrent.TimeUnit;
import org.HdrHistogram.Histogram;
import org.HdrHistogram.Recorder;
import org.jspecify.annotations.Nullable;

/**
 * How long operations took, from when they were due, to three digits. Recording is thread-safe and doesn't wait; reading is
 * too.
 */
public final class Latencies {

    private static final long LONGEST_MICROS = TimeUnit.HOURS.toMicros(1);
    private static final int DIGITS = 3;

    private final Recorder recorder = new Recorder(LONGEST_MICROS, DIGITS);
    private final Histogram total = new Histogram(LONGEST_MICROS, DIGITS);
    private @Nullable Histogram interval;

    public void record(long nanos) {
        long micros = TimeUnit.NANOSECONDS.toMicros(nanos);
        recorder.recordValue(Math.max(0, Math.min(LONGEST_MICROS, micros)));
    }

    /** Those since the last call. */
    public synchronized LatencySummary lately() {
        return LatencySummary.of(takeInterval());
    }

    /** All of them so far. */
    public synchronized LatencySummary all() {
        takeInterval();
        return LatencySummary.of(total);
    }

    private Histogram takeInterval() {
        Histogram taken = recorder.getIntervalHistogram(interval);
        total.add(taken);
        interval = taken;
        return taken;
    }
}
