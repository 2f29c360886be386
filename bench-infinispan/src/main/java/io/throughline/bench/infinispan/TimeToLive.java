package io.throughline.bench.infinispan;

import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.infinispan.container.DataContainer;
import org.infinispan.container.entries.InternalCacheEntry;

/**
 * Takes out of a member's memory what was put or loaded five seconds ago, and leaves the shard's row: what someone else wrote
 * there is seen after that, as with the other peers. Infinispan's own expiration would remove the row as well. For one
 * thread, its own.
 */
final class TimeToLive implements AutoCloseable {

    private static final long EACH_MILLIS = 500;

    /** Half a second less and more than five seconds: an entry is noticed within the first look, and leaves with the last. */
    private static final long LIVES_NANOS = TimeUnit.MILLISECONDS.toNanos(5_000 - EACH_MILLIS);

    private record Seen(Object value, long sinceNanos) {}

    private final DataContainer<Object, Object> memory;
    private final ScheduledExecutorService thread =
            Executors.newSingleThreadScheduledExecutor(task -> new Thread(task, "time-to-live"));
    private Map<Object, Seen> seen = new HashMap<>();

    private TimeToLive(DataContainer<Object, Object> memory) {
        this.memory = memory;
    }

    static TimeToLive start(DataContainer<Object, Object> memory) {
        TimeToLive started = new TimeToLive(memory);
        var unused =
                started.thread.scheduleWithFixedDelay(started::look, EACH_MILLIS, EACH_MILLIS, TimeUnit.MILLISECONDS);
        return started;
    }

    private void look() {
        long now = System.nanoTime();
        Map<Object, Seen> still = new HashMap<>();
        for (InternalCacheEntry<Object, Object> entry : memory) {
            Object value = entry.getValue();
            Seen before = seen.get(entry.getKey());
            if (before == null || before.value() != value) {
                still.put(entry.getKey(), new Seen(value, now));
            } else if (now - before.sinceNanos() < LIVES_NANOS) {
                still.put(entry.getKey(), before);
            } else {
                forget(entry.getKey(), value);
            }
        }
        seen = still;
    }

    /** Unless it was put again meanwhile. */
    @SuppressWarnings("NullAway") // null is how a container is told to hold nothing
    private void forget(Object key, Object value) {
        memory.compute(key, (same, now, factory) -> now != null && now.getValue() == value ? null : now);
    }

    @Override
    public void close() {
        thread.shutdownNow();
    }
}
