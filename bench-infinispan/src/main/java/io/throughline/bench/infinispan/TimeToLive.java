package io.throughline.bench.infinispan;

import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.infinispan.container.DataContainer;
import org.infinispan.container.entries.InternalCacheEntry;

/**
 * Takes out of a member's memory what was put or loaded five seconds ago, and leaves the shard's row: what someone else wrote
 * there is seen after that, as with the other peers. Infinispan's own expiration would remove the row as well. For one
 * thread, its own.
 */
final class TimeToLive {

    private static final long EACH_MILLIS = 500;

    /** Half a second less and more than five seconds: an entry is noticed within the first look, and leaves with the last. */
    private static final long LIVES_NANOS = TimeUnit.MILLISECONDS.toNanos(5_000 - EACH_MILLIS);

    private record Seen(Object value, long sinceNanos) {}

    private final DataContainer<Object, Object> memory;
    private final LongSupplier nanos;
    private Map<Object, Seen> seen = new HashMap<>();

    TimeToLive(DataContainer<Object, Object> memory, LongSupplier nanos) {
        this.memory = memory;
        this.nanos = nanos;
    }

    /** As long as the JVM lasts. */
    static void start(DataContainer<Object, Object> memory) {
        TimeToLive started = new TimeToLive(memory, System::nanoTime);
        var unused = new ScheduledThreadPoolExecutor(1, task -> new Thread(task, "time-to-live"))
                .scheduleWithFixedDelay(started::look, EACH_MILLIS, EACH_MILLIS, TimeUnit.MILLISECONDS);
    }

    void look() {
        long now = nanos.getAsLong();
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
}
