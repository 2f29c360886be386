package io.throughline.bench.generator;

import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;

/** What became of one kind of operation. Thread-safe. */
public final class Tally {

    private final Latencies latencies = new Latencies();
    private final Failures failures = new Failures();
    private final LongAdder succeeded = new LongAdder();
    private final AtomicLong lastAnswer = new AtomicLong();

    void success(long dueNanos) {
        long now = System.nanoTime();
        latencies.record(now - dueNanos);
        lastAnswer.lazySet(now);
        succeeded.increment();
    }

    void failure(Failure failure) {
        failures.add(failure);
    }

    public Latencies latencies() {
        return latencies;
    }

    public Failures failures() {
        return failures;
    }

    public long succeeded() {
        return succeeded.sum();
    }

    /** When the last success came, on {@link System#nanoTime}'s scale. */
    public long lastAnswer() {
        return lastAnswer.get();
    }
}
