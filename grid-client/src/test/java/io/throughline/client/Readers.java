package io.throughline.client;

import com.hazelcast.map.IMap;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;

/**
 * Another client that reads random keys, 200 a second, and how stale what it reads is: how long before the read a newer value
 * had been acknowledged to the writers.
 */
final class Readers implements AutoCloseable {

    private static final long BETWEEN_MICROS = 5_000;
    private static final int MOST_IN_FLIGHT = 2_000;

    private final Function<String, CompletionStage<Reading<String>>> read;
    private final Writers writers;
    private final List<String> keys;
    private final Random random = new Random(3);
    private final AtomicLong reads = new AtomicLong();
    private final AtomicLong stalest = new AtomicLong();
    private final AtomicInteger inFlight = new AtomicInteger();
    private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor();

    private Readers(Function<String, CompletionStage<Reading<String>>> read, Writers writers, List<String> keys) {
        this.read = read;
        this.writers = writers;
        this.keys = keys;
    }

    static Readers start(Function<String, CompletionStage<Reading<String>>> read, Writers writers, List<String> keys) {
        Readers readers = new Readers(read, writers, keys);
        var unused = readers.clock.scheduleAtFixedRate(readers::next, 0, BETWEEN_MICROS, TimeUnit.MICROSECONDS);
        return readers;
    }

    /** As any Hazelcast client reads. */
    static Function<String, CompletionStage<Reading<String>>> plain(IMap<String, String> map) {
        return key -> map.getAsync(key).thenApplyAsync(value -> new Reading<>(value, ServedBy.CACHE), Runnable::run);
    }

    private void next() {
        if (inFlight.get() >= MOST_IN_FLIGHT) {
            return; // a plain client's reads wait for as long as a member hangs
        }
        inFlight.incrementAndGet();
        String key = keys.get(random.nextInt(keys.size()));
        long begun = System.nanoTime();
        var unused = read.apply(key).whenComplete((reading, failure) -> {
            if (failure == null) {
                String value = reading.value();
                stalest.accumulateAndGet(
                        writers.staleNanos(key, value == null ? 0 : Long.parseLong(value), begun), Math::max);
                reads.incrementAndGet();
            }
            inFlight.decrementAndGet();
        });
    }

    /** Starts no more, and returns when what is under way has ended. */
    void stop() {
        clock.shutdownNow();
        org.awaitility.Awaitility.await()
                .atMost(60, TimeUnit.SECONDS)
                .until(() -> inFlight.get() == 0 && clock.isTerminated());
    }

    long reads() {
        return reads.get();
    }

    long stalestMillis() {
        return stalest.get() / 1_000_000;
    }

    @Override
    public void close() {
        stop();
    }
}
