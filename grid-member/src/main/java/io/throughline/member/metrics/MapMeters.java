package io.throughline.member.metrics;

import com.hazelcast.core.HazelcastInstance;
import com.hazelcast.map.LocalMapStats;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.util.List;
import java.util.function.ToDoubleFunction;

/** What each map holds and did on this member. A refill is a get that missed; the map store counts those. */
public final class MapMeters implements MeterBinder {

    private final HazelcastInstance member;
    private final List<String> maps;

    public MapMeters(HazelcastInstance member, List<String> maps) {
        this.member = member;
        this.maps = List.copyOf(maps);
    }

    @Override
    public void bindTo(MeterRegistry registry) {
        for (String map : maps) {
            new OneMap(registry, new MapSnapshot(member.getMap(map)), Tags.of("map", map)).register();
        }
    }

    private record OneMap(MeterRegistry registry, MapSnapshot snapshot, Tags tags) {

        void register() {
            counter(
                    "gets",
                    "gets of clients that this member answered; those of embedded applications are not counted",
                    LocalMapStats::getGetOperationCount);
            counter(
                    "puts",
                    "puts and sets that this member answered",
                    stats -> stats.getPutOperationCount() + stats.getSetOperationCount());
            counter("removes", "removes and deletes that this member answered", LocalMapStats::getRemoveOperationCount);
            counter("expirations", "entries that reached the end of their time", LocalMapStats::getExpirationCount);
            gauge("entries.owned", "entries of partitions that this member owns", LocalMapStats::getOwnedEntryCount);
            gauge("entries.backup", "entries that this member keeps for others", LocalMapStats::getBackupEntryCount);
            gauge("memory.owned.bytes", "heap of the owned entries", LocalMapStats::getOwnedEntryMemoryCost);
            gauge("memory.backup.bytes", "heap of the backups", LocalMapStats::getBackupEntryMemoryCost);
            gauge("hits", "hits of the owned entries that are in memory now", LocalMapStats::getHits);
            gauge("locked", "owned entries that are locked", LocalMapStats::getLockedEntryCount);
        }

        private void counter(String name, String what, ToDoubleFunction<LocalMapStats> value) {
            FunctionCounter.builder("throughline.map." + name, snapshot, stats -> value.applyAsDouble(stats.current()))
                    .description(what)
                    .tags(tags)
                    .register(registry);
        }

        private void gauge(String name, String what, ToDoubleFunction<LocalMapStats> value) {
            Gauge.builder("throughline.map." + name, snapshot, stats -> value.applyAsDouble(stats.current()))
                    .description(what)
                    .tags(tags)
                    .strongReference(true)
                    .register(registry);
        }
    }
}
