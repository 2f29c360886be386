package io.throughline.localpostgres.replication;

import io.throughline.localpostgres.folder.ShardRecord;

/**
 * The primary that a node is cloned from. Once it is dead or replaced the clone can't be ended: what it still lacks is
 * nowhere else, or is no part of the shard's history any more.
 */
record CloneSource(Site site, String shard, LiveNode primary, int reign) {

    /** The primary of now. */
    static CloneSource of(Site site, LiveShard shard) {
        ShardRecord record = site.state().shard(shard.name());
        return new CloneSource(site, shard.name(), shard.node(record.primary().name()), record.reign());
    }

    boolean reigns() {
        return site.state().shard(shard).reign() == reign;
    }

    boolean remains() {
        return reigns() && primary.runs();
    }
}
