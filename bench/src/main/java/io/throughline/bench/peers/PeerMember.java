package io.throughline.bench.peers;

import com.hazelcast.config.Config;
import com.hazelcast.config.DataConnectionConfig;
import com.hazelcast.config.MapConfig;
import com.hazelcast.config.MapStoreConfig;
import com.hazelcast.config.YamlConfigBuilder;
import com.hazelcast.core.Hazelcast;
import io.throughline.mapstore.config.GridConfig;
import io.throughline.mapstore.config.GridConfigReader;
import io.throughline.mapstore.config.HostAndPort;
import io.throughline.mapstore.config.ShardConfig;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;

/**
 * A peer's member in a JVM of its own: the configuration that Throughline ships, with another map store in it. Writes a line
 * once it has joined, and ends when its standard input does, so that it can't outlive who started it.
 */
public final class PeerMember {

    /** The map that every peer has. */
    public static final String MAP = "kv";

    private static final String OFFLOADED = "hz:map-store-offloadable";
    private static final int DEFAULT_THREADS = 16;
    private static final String JDBC = "JDBC";

    private final GridConfig grid;
    private final Path throughlineYaml;
    private final Peer peer;
    private final int connections;

    private PeerMember(Path throughlineYaml, Peer peer, int connections) {
        this.grid = new GridConfigReader().read(throughlineYaml);
        this.throughlineYaml = throughlineYaml;
        this.peer = peer;
        this.connections = connections;
    }

    /** Arguments: peer, hazelcast.yaml, throughline.yaml, port, connections to one shard. */
    public static void main(String[] arguments) throws IOException {
        Peer peer = Peer.named(arguments[0]).orElseThrow();
        Path hazelcastYaml = Path.of(arguments[1]);
        Path throughlineYaml = Path.of(arguments[2]);
        int port = Integer.parseInt(arguments[3]);
        int connections = Integer.parseInt(arguments[4]);
        Config config = new YamlConfigBuilder(hazelcastYaml.toString()).build();
        config.getNetworkConfig().setPort(port).setPortAutoIncrement(false);
        // The shipped configuration leaves this to grid-member.
        config.setProperty("hazelcast.shutdownhook.enabled", "true");
        new PeerMember(throughlineYaml, peer, connections).configure(config);
        var member = Hazelcast.newHazelcastInstance(config);
        System.out.println("joined");
        while (System.in.read() >= 0) {
            // Nothing is said to it.
        }
        member.getLifecycleService().terminate();
    }

    private void configure(Config config) {
        MapConfig map = config.getMapConfig(MAP);
        config.getMapConfigs().keySet().retainAll(List.of(MAP, "default"));
        MapStoreConfig store = new MapStoreConfig()
                .setEnabled(true)
                .setWriteDelaySeconds(0)
                .setInitialLoadMode(MapStoreConfig.InitialLoadMode.LAZY);
        map.setMapStoreConfig(store);
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
            case NONE, THROUGHLINE -> throw new IllegalArgumentException(peer + " has no member of this kind");
        }
    }

    private void upsert(MapStoreConfig store) {
        store.setClassName(UpsertMapStore.class.getName())
                .setProperty(UpsertMapStore.CONFIG, throughlineYaml.toString())
                .setProperty(UpsertMapStore.SCHEMA, peer.schema())
                .setProperty(UpsertMapStore.CONNECTIONS, Integer.toString(connections));
    }

    /** A GenericMapStore knows one database: a map for each shard, and the client chooses. */
    private void generic(Config config, MapConfig map) {
        config.getJetConfig().setEnabled(true);
        for (int shard = 0; shard < grid.shards().size(); shard++) {
            String name = JDBC + shard;
            config.addDataConnectionConfig(new DataConnectionConfig(name)
                    .setType(JDBC)
                    .setShared(true)
                    .setProperty("jdbcUrl", url(grid.shards().get(shard)))
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
                    .setProperty("columns", "value")
                    .setProperty("single-column-as-value", "true")
                    .setProperty("load-all-keys", "false");
            config.addMapConfig(new MapConfig(map).setName(mapOfShard(shard)).setMapStoreConfig(store));
        }
    }

    /** Where each shard has a map of its own. */
    public static String mapOfShard(int shard) {
        return MAP + (shard + 1);
    }

    private String url(ShardConfig shard) {
        return shard.hosts().stream()
                .map(HostAndPort::toString)
                .collect(Collectors.joining(
                        ",", "jdbc:postgresql://", "/" + grid.database().name() + "?targetServerType=primary"));
    }
}
