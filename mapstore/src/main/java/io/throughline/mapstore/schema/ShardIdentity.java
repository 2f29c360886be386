package io.throughline.mapstore.schema;

import java.util.UUID;

/**
 * The row of {@code throughline.grid}: whose shard a database is.
 *
 * @param everyShardMade whether, on the shard that decides, every other shard is known to have had its row
 */
record ShardIdentity(UUID gridId, String shard, boolean everyShardMade) {}
