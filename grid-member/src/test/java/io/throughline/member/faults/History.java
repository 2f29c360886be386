package io.throughline.member.faults;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * What many clients put, and whether what was read later can be. A value is stale if a put that began when it was
 * acknowledged had itself been acknowledged when the read began. A put without an answer may take effect at any time, so
 * its value never is. Thread-safe.
 */
final class History {

    private static final long NEVER = Long.MAX_VALUE;

    private static final class Key {
        private final Map<String, Long> acknowledgedAt = new ConcurrentHashMap<>();
        private long newestBegin;
        private long acknowledged;
    }

    private final Map<String, Key> keys = new ConcurrentHashMap<>();
    private final List<String> stale = new ArrayList<>();
    private final AtomicLong values = new AtomicLong();

    /** A value that was never put before. */
    String begin(String key) {
        String value = "v" + values.incrementAndGet();
        of(key).acknowledgedAt.put(value, NEVER);
        return value;
    }

    void acknowledged(String key, String value, long begun) {
        Key history = of(key);
        synchronized (history) {
            history.acknowledgedAt.put(value, System.nanoTime());
            history.newestBegin = Math.max(history.newestBegin, begun);
            history.acknowledged++;
        }
    }

    /** To be asked before a read: what it gives must have been acknowledged after this moment, or not at all. */
    long floor(String key) {
        Key history = of(key);
        synchronized (history) {
            return history.newestBegin;
        }
    }

    /** @param floor from before the read */
    void read(String key, @Nullable String value, long floor, String by) {
        Long at = value == null ? Long.valueOf(0) : of(key).acknowledgedAt.get(value);
        if (at == null || at < floor) {
            synchronized (stale) {
                stale.add(by + " got " + value + " of " + key);
            }
        }
    }

    /** The reads that were wrong. */
    List<String> stale() {
        synchronized (stale) {
            return List.copyOf(stale);
        }
    }

    long acknowledged(String key) {
        Key history = of(key);
        synchronized (history) {
            return history.acknowledged;
        }
    }

    private Key of(String key) {
        return keys.computeIfAbsent(key, absent -> new Key());
    }
}
