package io.throughline.bench.ignite;

import io.throughline.bench.peers.ShardPools;
import io.throughline.mapstore.config.GridConfigReader;
import java.nio.file.Path;
import javax.cache.configuration.Factory;
import javax.sql.DataSource;

/**
 * Opens a member's connections to a shard. Ignite sends it to every node, so it holds no password. Immutable.
 *
 * @param throughlineYaml where the shards are
 */
record ShardPool(String throughlineYaml, int shard, int connections) implements Factory<DataSource> {

    @Override
    public DataSource create() {
        return ShardPools.openOne(new GridConfigReader().read(Path.of(throughlineYaml)), shard, connections);
    }
}
