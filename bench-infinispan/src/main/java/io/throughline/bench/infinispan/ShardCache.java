package io.throughline.bench.infinispan;

import io.throughline.bench.peers.OtherGrid;
import io.throughline.bench.peers.Peer;
import java.io.IOException;
import org.infinispan.commons.dataconversion.MediaType;
import org.infinispan.configuration.cache.CacheMode;
import org.infinispan.configuration.cache.Configuration;
import org.infinispan.configuration.cache.ConfigurationBuilder;
import org.infinispan.persistence.jdbc.common.DatabaseType;
import org.infinispan.persistence.sql.configuration.TableJdbcStoreConfigurationBuilder;

/** The cache of one shard: copies as Throughline's map has them, and rows in columns of text. Stateless. */
final class ShardCache {

    private static final int OWNERS = 3;
    private static final int PATIENCE_MILLIS = 60_000;

    private ShardCache() {}

    static String name(int shard) {
        return "kv" + (shard + 1);
    }

    /**
     * Without an expiration: with a store that is written to, Infinispan refuses it (ISPN000680), as it removes what has
     * expired from stores too. See {@link TimeToLive}.
     */
    static Configuration config(OtherGrid.Member member, int shard) throws IOException {
        ConfigurationBuilder config = new ConfigurationBuilder();
        config.clustering()
                .cacheMode(CacheMode.DIST_SYNC)
                .hash()
                .numOwners(OWNERS)
                .numSegments(member.grid().partitions());
        config.clustering().remoteTimeout(PATIENCE_MILLIS).stateTransfer().timeout(PATIENCE_MILLIS);
        config.locking().lockAcquisitionTimeout(PATIENCE_MILLIS);
        config.encoding().mediaType(MediaType.APPLICATION_PROTOSTREAM);
        config.persistence()
                .passivation(false)
                .addStore(TableJdbcStoreConfigurationBuilder.class)
                // The owner of a key writes its row, and nobody else.
                .shared(true)
                .segmented(false)
                .dialect(DatabaseType.POSTGRES)
                .tableName(Peer.INFINISPAN.schema() + ".entries")
                .connectionPool()
                .propertyFile(PoolProperties.write(member, shard).toString());
        return config.build();
    }
}
