package io.throughline.member.metrics;

import com.hazelcast.map.IMap;
import com.hazelcast.map.LocalMapStats;
import java.time.Duration;

/** A map's statistics, read once for all meters of a scrape, as reading them visits every partition. Thread-safe. */
final class MapSnapshot {

    private static final Duration GOOD_FOR = Duration.ofMillis(500);

    private final IMap<?, ?> map;
    private LocalMapStats stats;
    private long takenNanos;

    MapSnapshot(IMap<?, ?> map) {
        this.map = map;
        this.stats = map.getLocalMapStats();
        this.takenNanos = System.nanoTime();
    }

    synchronized LocalMapStats current() {
        if (System.nanoTime() - takenNanos > GOOD_FOR.toNanos()) {
            stats = map.getLocalMapStats();
            takenNanos = System.nanoTime();
        }
        return stats;
    }
}
