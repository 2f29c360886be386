package io.throughline.client;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Puts ever larger numbers into keys in turn, at a rate, one put at a time on each key, and reads each back before the next
 * put: a number smaller than the last that was acknowledged has gone back.
 */
final class Writers implements AutoCloseable {

    private final ResilientMap<String> map;
    private final List<String> keys;
    private final Map<String, Long> last = new ConcurrentHashMap<>();
    private final Map<String, NavigableMap<Long, Long>> acknowledged = new ConcurrentHashMap<>();
    private final Map<String, Boolean> busy = new ConcurrentHashMap<>();
    private final Collection<Throwable> failures = new ConcurrentLinkedQueue<>();
    private final Collection<String> wentBack = new ConcurrentLinkedQueue<>();
    private final AtomicLong number = new AtomicLong();
    private final AtomicLong written = new AtomicLong();
    private final AtomicLong slowest = new AtomicLong();
    private final AtomicInteger inFlight = new AtomicInteger();
    private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor();

    private Writers(ResilientMap<String> map, List<String> keys) {
        this.map = map;
        this.keys = keys;
        keys.forEach(key -> acknowledged.put(key, new ConcurrentSkipListMap<>()));
    }

    static Writers start(ResilientMap<String> map, List<String> keys, int putsASecond) {
        Writers writers = new Writers(map, keys);
        var unused = writers.clock.scheduleAtFixedRate(
                writers::next, 0, TimeUnit.SECONDS.toNanos(1) / putsASecond, TimeUnit.NANOSECONDS);
        return writers;
    }

    private void next() {
        long value = number.incrementAndGet();
        String key = keys.get((int) (value % keys.size()));
        if (busy.putIfAbsent(key, true) == null) {
            inFlight.incrementAndGet();
            readThenPut(key, value);
        }
    }

    private void readThenPut(String key, long value) {
        long before = last.getOrDefault(key, 0L);
        AtomicLong begun = new AtomicLong();
        var unused = map.getAsync(key)
                .thenCompose(reading -> {
                    String found = reading.value();
                    if (before > 0 && (found == null || Long.parseLong(found) < before)) {
                        wentBack.add(key + ": " + found + " after " + before + " by " + reading.servedBy());
                    }
                    begun.set(System.nanoTime());
                    return map.putAsync(key, Long.toString(value));
                })
                .whenComplete((served, failure) -> {
                    slowest.accumulateAndGet(System.nanoTime() - begun.get(), Math::max);
                    if (failure == null) {
                        last.put(key, value);
                        Objects.requireNonNull(acknowledged.get(key)).put(value, System.nanoTime());
                        written.incrementAndGet();
                    } else {
                        failures.add(failure);
                    }
                    busy.remove(key);
                    inFlight.decrementAndGet();
                });
    }

    /** Starts no more, and returns when nothing is under way. */
    void stop() {
        clock.shutdownNow();
        org.awaitility.Awaitility.await()
                .atMost(30, TimeUnit.SECONDS)
                .until(() -> inFlight.get() == 0 && clock.isTerminated());
    }

    long slowestMillis() {
        return slowest.get() / 1_000_000;
    }

    long written() {
        return written.get();
    }

    Collection<Throwable> failures() {
        return List.copyOf(failures);
    }

    Collection<String> readsThatWentBack() {
        return List.copyOf(wentBack);
    }

    /** How long, when this read began, a newer value had been acknowledged; 0 where none had. */
    long staleNanos(String key, long value, long begunNanos) {
        Map.Entry<Long, Long> newer =
                Objects.requireNonNull(acknowledged.get(key)).higherEntry(value);
        return newer == null ? 0 : Math.max(0, begunNanos - newer.getValue());
    }

    /** What was last acknowledged for each key. */
    Map<String, String> last() {
        Map<String, String> values = new ConcurrentHashMap<>();
        last.forEach((key, value) -> values.put(key, value.toString()));
        return values;
    }

    @Override
    public void close() {
        stop();
    }
}
