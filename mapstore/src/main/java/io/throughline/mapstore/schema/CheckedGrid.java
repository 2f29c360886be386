package io.throughline.mapstore.schema;

import io.throughline.mapstore.routing.ShardMap;
import java.util.UUID;

/** What all shards agree on. */
record CheckedGrid(UUID gridId, ShardMap shardMap) {}
