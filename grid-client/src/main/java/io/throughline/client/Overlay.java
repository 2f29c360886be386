package io.throughline.client;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.time.Duration;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/**
 * The keys that this client reads from their shards, for the cache may hold what was there before: those that it wrote
 * directly or read directly, for one time to live, and those whose eviction has not been answered. Keys without values, as a
 * value would be as stale as the cache's when another client writes. Thread-safe.
 */
final class Overlay {

    private record MapKey(String map, String key) {}

    private final Cache<MapKey, Boolean> recent;
    private final ConcurrentMap<MapKey, Integer> evicting = new ConcurrentHashMap<>();

    Overlay(Duration timeToLive) {
        this.recent = Caffeine.newBuilder()
                .expireAfterWrite(timeToLive)
                .executor(Runnable::run)
                .build();
    }

    /** For one time to live from now. */
    void add(String map, String key) {
        recent.put(new MapKey(map, key), true);
    }

    /** Until as many evictions have ended, and for one time to live from there. */
    void evictionBegins(String map, String key) {
        evicting.merge(new MapKey(map, key), 1, Integer::sum);
    }

    void evictionEnds(String map, String key) {
        add(map, key);
        evicting.computeIfPresent(new MapKey(map, key), (entry, count) -> count == 1 ? null : count - 1);
    }

    boolean has(String map, String key) {
        MapKey entry = new MapKey(map, key);
        return evicting.containsKey(entry) || recent.getIfPresent(entry) != null;
    }

    long size() {
        return recent.estimatedSize();
    }
}
