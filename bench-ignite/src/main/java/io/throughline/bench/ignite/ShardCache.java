package io.throughline.bench.ignite;

import io.throughline.bench.peers.Peer;
import io.throughline.mapstore.config.GridConfig;
import java.sql.Types;
import java.util.concurrent.TimeUnit;
import javax.cache.expiry.Duration;
import javax.cache.expiry.ModifiedExpiryPolicy;
import org.apache.ignite.cache.CacheAtomicityMode;
import org.apache.ignite.cache.CacheMode;
import org.apache.ignite.cache.CacheWriteSynchronizationMode;
import org.apache.ignite.cache.affinity.rendezvous.RendezvousAffinityFunction;
import org.apache.ignite.cache.store.jdbc.CacheJdbcPojoStoreFactory;
import org.apache.ignite.cache.store.jdbc.JdbcType;
import org.apache.ignite.cache.store.jdbc.JdbcTypeField;
import org.apache.ignite.configuration.CacheConfiguration;

/** The cache of one shard: partitions, copies and time to live as Throughline's map has them. Stateless. */
final class ShardCache {

    private static final Duration TIME_TO_LIVE = new Duration(TimeUnit.SECONDS, 5);

    private ShardCache() {}

    static String name(int shard) {
        return "kv" + (shard + 1);
    }

    static CacheConfiguration<String, String> config(GridConfig grid, int shard, int connections) {
        return new CacheConfiguration<String, String>(name(shard))
                .setCacheMode(CacheMode.PARTITIONED)
                .setAffinity(new RendezvousAffinityFunction(false, grid.partitions()))
                .setBackups(2)
                // A put returns when both have it, and the shard.
                .setWriteSynchronizationMode(CacheWriteSynchronizationMode.FULL_SYNC)
                .setAtomicityMode(CacheAtomicityMode.ATOMIC)
                .setExpiryPolicyFactory(ModifiedExpiryPolicy.factoryOf(TIME_TO_LIVE))
                // With the default, 500, the thread that brings answers would have to wait at 1,024 in flight.
                .setMaxConcurrentAsyncOperations(0)
                .setReadThrough(true)
                .setWriteThrough(true)
                .setCacheStoreFactory(store(grid, shard, connections));
    }

    private static CacheJdbcPojoStoreFactory<String, String> store(GridConfig grid, int shard, int connections) {
        CacheJdbcPojoStoreFactory<String, String> store = new CacheJdbcPojoStoreFactory<>();
        store.setDataSourceFactory(new ShardPool(grid.file().toString(), shard, connections));
        store.setDialect(new UpsertDialect());
        store.setTypes(new JdbcType()
                .setCacheName(name(shard))
                .setDatabaseSchema(Peer.IGNITE.schema())
                .setDatabaseTable("entries")
                .setKeyType(String.class)
                .setKeyFields(text("key"))
                .setValueType(String.class)
                .setValueFields(text("value")));
        return store;
    }

    private static JdbcTypeField text(String column) {
        return new JdbcTypeField(Types.VARCHAR, column, String.class, column);
    }
}
