package io.throughline.mapstore.store;

import com.hazelcast.core.HazelcastInstance;
import com.hazelcast.partition.Partition;
import io.throughline.mapstore.attempt.OpenedAttempts;
import io.throughline.mapstore.batch.ShardLanes;
import io.throughline.mapstore.row.ValueCodec;
import io.throughline.mapstore.statement.MapTable;
import java.time.Duration;

/**
 * What a map's store needs: how its values become rows, and the way from a key to its partition and to the one shard
 * that owns it. Thread-safe.
 */
public final class MapWiring {

    private final HazelcastInstance hazelcast;
    private final OpenedAttempts attempts;
    private final MapTable table;
    private final ValueCodec codec;
    private final ShardLanes[] lanesByPartition;
    private final Duration writeTimeout;
    private final Duration readTimeout;
    private final Evictions evictions;

    MapWiring(
            HazelcastInstance hazelcast,
            OpenedAttempts attempts,
            MapTable table,
            ValueCodec codec,
            ShardLanes[] lanesByPartition,
            Duration writeTimeout,
            Duration readTimeout,
            Evictions evictions) {
        this.hazelcast = hazelcast;
        this.attempts = attempts;
        this.table = table;
        this.codec = codec;
        this.lanesByPartition = lanesByPartition;
        this.writeTimeout = writeTimeout;
        this.readTimeout = readTimeout;
        this.evictions = evictions;
    }

    OpenedAttempts attempts() {
        return attempts;
    }

    MapTable table() {
        return table;
    }

    ValueCodec codec() {
        return codec;
    }

    Duration writeTimeout() {
        return writeTimeout;
    }

    Duration readTimeout() {
        return readTimeout;
    }

    Partition partitionOf(Object key) {
        return hazelcast.getPartitionService().getPartition(key);
    }

    ShardLanes lanesOf(int partition) {
        return lanesByPartition[partition];
    }

    void evict(Object key) {
        evictions.evict(table.map(), key, partitionOf(key).getPartitionId());
    }
}
