package io.throughline.bench.peers;

import com.hazelcast.config.Config;
import com.hazelcast.config.DataConnectionConfig;
import com.hazelcast.config.MapConfig;
import com.hazelcast.config.MapStoreConfig;
import io.throughline.mapstore.config.GridConfig;
import java.util.Map;

/**
 * Turns the configuration that Throughline ships into a peer's: the same map, cluster and threads, with another map store.
 * Immutable.
 *
 * @param connections of the member to each shard
 */
record PeerConfig(Peer peer, GridConfig grid, int connections) {

    private static final String OFFLOADED = "hz:map-store-offloadable";
    private static final int DEFAULT_THREADS = 16;
    private static final String JDBC = "JDBC";

    void applyTo(Config config) {
        MapConfig map = config.getMapConfig(PeerMember.MAP);
        MapStoreConfig store = new MapStoreConfig()
                .setEnabled(true)
                .setWriteDelaySeconds(0)
                .setInitialLoadMode(MapStoreConfig.InitialLoadMode.LAZY);
        map.setMapStoreConfig(store);
        config.setMapConfigs(Map.of(PeerMember.MAP, map));
        switch (peer.grid()) {
            case UPSERT_16 -> {
                upsert(store);
                config.getExecutorConfig(OFFLOADED).setPoolSize(DEFAULT_THREADS);
            }
            case UPSERT_271 -> upsert(store);
            case EMPTY -> store.setClassName(EmptyMapStore.class.getName());
            case PLAIN -> store.setEnabled(false);
            case GENERIC -> {
                store.setEnabled(false);
                generic(config, map);
            }
            case NONE, THROUGHLINE, OTHER -> throw new IllegalArgumentException(peer + " has no member of this kind");
        }
    }

    private void upsert(MapStoreConfig store) {
        store.setClassName(UpsertMapStore.class.getName())
                .setProperty(UpsertMapStore.CONFIG, grid.file().toString())
                .setProperty(UpsertMapStore.SCHEMA, peer.schema())
                .setProperty(UpsertMapStore.CONNECTIONS, Integer.toString(connections));
    }

    /**
     * A GenericMapStore knows one database: a map for each shard, and the client chooses. Its columns are those of the
     * table: where they were named, no value that it loaded passed the check of reads.
     */
    private void generic(Config config, MapConfig map) {
        config.getJetConfig().setEnabled(true);
        // It runs on Hazelcast's SQL and so on Jet, whose jobs are Java objects that the shipped filter refuses.
        config.getSerializationConfig().setJavaSerializationFilterConfig(null);
        for (int shard = 0; shard < grid.shards().size(); shard++) {
            String name = JDBC + shard;
            config.addDataConnectionConfig(new DataConnectionConfig(name)
                    .setType(JDBC)
                    .setShared(true)
                    .setProperty("jdbcUrl", ShardUrl.of(grid, shard))
                    .setProperty("user", grid.database().credentials().user())
                    .setProperty(
                            "password", grid.database().credentials().password().value())
                    .setProperty("maximumPoolSize", Integer.toString(connections)));
            MapStoreConfig store = new MapStoreConfig(map.getMapStoreConfig())
                    .setEnabled(true)
                    .setClassName("com.hazelcast.mapstore.GenericMapStore")
                    .setProperty("data-connection-ref", name)
                    .setProperty("external-name", peer.schema() + ".entries")
                    .setProperty("id-column", "key")
                    .setProperty("single-column-as-value", "true")
                    .setProperty("load-all-keys", "false");
            config.addMapConfig(
                    new MapConfig(map).setName(PeerMember.mapOfShard(shard)).setMapStoreConfig(store));
        }
    }
}
