package io.throughline.mapstore.schema;

import java.util.List;
import java.util.Optional;

/**
 * What one shard says about the grid.
 *
 * @param identity empty if the shard was never made part of one
 * @param shardMap by shard
 */
record GridRecord(Optional<ShardIdentity> identity, List<ShardMapRow> shardMap) {

    static final GridRecord NONE = new GridRecord(Optional.empty(), List.of());

    GridRecord {
        shardMap = List.copyOf(shardMap);
    }
}
