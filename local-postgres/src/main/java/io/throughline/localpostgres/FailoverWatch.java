package io.throughline.localpostgres;

import io.throughline.localpostgres.replication.LiveShard;
import java.util.List;

/**
 * Keeps shards in service until it is closed: replaces a primary that is dead or hangs, brings standbys back, clones what
 * is stale. One thread looks at each shard, another restarts and clones, so that neither a sick shard nor a long clone
 * delays a failover.
 */
public final class FailoverWatch implements AutoCloseable {

    private final List<ShardWatch> watches;

    FailoverWatch(List<LiveShard> shards, WatchConfig config, Progress progress) {
        watches = shards.stream()
                .map(shard -> new ShardWatch(shard, config, progress))
                .toList();
        watches.forEach(ShardWatch::begin);
    }

    /** Returns when nothing is being changed any more. */
    @Override
    public void close() {
        watches.forEach(ShardWatch::cease);
        watches.forEach(ShardWatch::awaitEnd);
    }
}
