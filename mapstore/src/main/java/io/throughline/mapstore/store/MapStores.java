package io.throughline.mapstore.store;

import com.hazelcast.core.HazelcastInstance;
import io.throughline.mapstore.StartRefusedException;
import io.throughline.mapstore.batch.ShardLanes;
import io.throughline.mapstore.config.GridConfig;
import io.throughline.mapstore.config.GridMapConfig;
import io.throughline.mapstore.routing.ShardMap;
import io.throughline.mapstore.row.ValueCodec;
import io.throughline.mapstore.statement.MapTable;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Executor;

/** Wires the store of each map of a grid. Thread-safe. */
public final class MapStores {

    private final GridConfig config;
    private final ShardLanes[] lanesByPartition;
    private final Executor evictions;

    /** @param lanes of every shard of the map, by name */
    public MapStores(GridConfig config, ShardMap shardMap, Map<String, ShardLanes> lanes, Executor evictions) {
        this.config = config;
        this.lanesByPartition = new ShardLanes[shardMap.partitionCount()];
        for (int partition = 0; partition < lanesByPartition.length; partition++) {
            lanesByPartition[partition] = Objects.requireNonNull(lanes.get(shardMap.shardOf(partition)));
        }
        this.evictions = evictions;
    }

    /** @throws StartRefusedException if throughline.yaml has no such map */
    public MapWiring wire(String map, HazelcastInstance hazelcast) {
        GridMapConfig mapConfig = config.map(map)
                .orElseThrow(() -> new StartRefusedException("map '" + map
                        + "' has the Throughline map store, but " + config.file()
                        + " doesn't list it under maps: add it there with its value-format"));
        return new MapWiring(
                hazelcast,
                MapTable.of(mapConfig),
                ValueCodec.of(mapConfig),
                lanesByPartition,
                config.write().timeout(),
                config.read().timeout(),
                evictions);
    }
}
