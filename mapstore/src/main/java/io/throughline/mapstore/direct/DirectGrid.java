package io.throughline.mapstore.direct;

import io.micrometer.core.instrument.MeterRegistry;
import io.throughline.mapstore.GridConfigException;
import io.throughline.mapstore.config.GridConfig;
import io.throughline.mapstore.config.GridMapConfig;
import io.throughline.mapstore.config.ShardConfig;
import io.throughline.mapstore.routing.ShardMap;
import io.throughline.mapstore.row.ValueCodec;
import io.throughline.mapstore.schema.SchemaCheck;
import io.throughline.mapstore.statement.MapTable;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The shards of a grid as a client sees them. Thread-safe. */
public final class DirectGrid implements AutoCloseable {

    private final GridConfig config;
    private final ShardMap shardMap;
    private final Map<String, DirectShard> shards = new LinkedHashMap<>();

    private DirectGrid(GridConfig config, ShardMap shardMap, MeterRegistry meters) {
        this.config = config;
        this.shardMap = shardMap;
        for (ShardConfig shard : config.shards()) {
            shards.put(shard.name(), new DirectShard(config, shard, meters));
        }
    }

    /**
     * Asks one shard which of them owns what; the connections to each are opened in the background, and one is kept.
     *
     * @throws io.throughline.mapstore.StartRefusedException if no shard answers within {@code connections.start-timeout}, or
     *     what it says isn't what the file says
     */
    public static DirectGrid open(GridConfig config, MeterRegistry meters) {
        return new DirectGrid(config, SchemaCheck.shardMapOfAnyShard(config), meters);
    }

    public GridConfig config() {
        return config;
    }

    public List<String> shards() {
        return List.copyOf(shards.keySet());
    }

    /** @throws GridConfigException if throughline.yaml has no such map */
    public DirectMap map(String name) {
        GridMapConfig map = config.map(name)
                .orElseThrow(() -> new GridConfigException(config.file() + " has no map '" + name
                        + "' under maps: it has "
                        + config.maps().stream().map(GridMapConfig::name).toList()));
        return new DirectMap(MapTable.of(map), ValueCodec.of(map), this);
    }

    int partitionOf(String key) {
        return KeyPartition.of(key, config.partitions());
    }

    DirectShard shardOf(int partition) {
        DirectShard shard = shards.get(shardMap.shardOf(partition));
        if (shard == null) {
            throw new IllegalStateException("the shard map was checked against the file");
        }
        return shard;
    }

    @Override
    public void close() {
        shards.values().forEach(DirectShard::close);
    }
}
