package io.throughline.mapstore.schema;

import java.util.List;

/** A row of {@code throughline.shard_map}. */
record ShardMapRow(String shard, int partitionCount, List<Integer> partitions) {

    ShardMapRow {
        partitions = List.copyOf(partitions);
    }
}
