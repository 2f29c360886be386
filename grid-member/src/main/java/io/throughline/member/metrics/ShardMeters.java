package io.throughline.member.metrics;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.binder.MeterBinder;
import io.throughline.mapstore.ShardHealth;
import java.util.List;
import java.util.function.Supplier;
import java.util.function.ToDoubleFunction;

/** Each shard's replication, as this member found it last. */
public final class ShardMeters implements MeterBinder {

    private final List<String> shards;
    private final Supplier<List<ShardHealth>> latest;

    /** @param latest answers at once; a shard that isn't in it counts as unknown */
    public ShardMeters(List<String> shards, Supplier<List<ShardHealth>> latest) {
        this.shards = List.copyOf(shards);
        this.latest = latest;
    }

    @Override
    public void bindTo(MeterRegistry registry) {
        for (String shard : shards) {
            gauge(registry, shard, "writable", "1 if the shard takes writes", health -> health.writable() ? 1 : 0);
            gauge(registry, shard, "standbys.streaming", "standbys that receive WAL", ShardHealth::streamingStandbys);
            gauge(
                    registry,
                    shard,
                    "standbys.synchronous",
                    "standbys that may acknowledge a commit",
                    ShardHealth::synchronousStandbys);
        }
    }

    private void gauge(
            MeterRegistry registry, String shard, String name, String what, ToDoubleFunction<ShardHealth> value) {
        Gauge.builder("throughline.shard." + name, () -> of(shard, value))
                .description(what)
                .tags(Tags.of("shard", shard))
                .register(registry);
    }

    private double of(String shard, ToDoubleFunction<ShardHealth> value) {
        return latest.get().stream()
                .filter(health -> health.shard().equals(shard))
                .mapToDouble(value)
                .findFirst()
                .orElse(Double.NaN);
    }
}
