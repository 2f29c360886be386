package io.throughline.mapstore;

import com.hazelcast.config.Config;
import com.hazelcast.config.ListenerConfig;
import com.hazelcast.core.Hazelcast;
import com.hazelcast.core.HazelcastInstance;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Metrics;
import io.throughline.mapstore.batch.ShardLanes;
import io.throughline.mapstore.config.GridConfig;
import io.throughline.mapstore.config.GridConfigReader;
import io.throughline.mapstore.config.ShardConfig;
import io.throughline.mapstore.routing.ShardMap;
import io.throughline.mapstore.schema.SchemaCheck;
import io.throughline.mapstore.schema.SchemaMigration;
import io.throughline.mapstore.settings.HazelcastSettings;
import io.throughline.mapstore.shard.ShardConnections;
import io.throughline.mapstore.shard.ShardMetrics;
import io.throughline.mapstore.shard.ShardPool;
import io.throughline.mapstore.shard.ShardProbe;
import io.throughline.mapstore.store.MapStores;
import io.throughline.mapstore.store.MapWiring;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * A member's half of the grid: the way from its Hazelcast maps to the shards.
 *
 * <pre>{@code
 * Config config = Config.load();
 * HazelcastInstance member = Throughline.open(Path.of("throughline.yaml")).join(config);
 * IMap<String, String> kv = member.getMap("kv");
 * }</pre>
 *
 * <p>Thread-safe. It ends with the member that it joined; {@link #close} is for one that never joined.
 */
public final class Throughline implements AutoCloseable {

    static final String USER_CONTEXT_KEY = Throughline.class.getName();

    private static final int EVICTION_THREADS = 16;

    private final GridConfig config;
    private final Map<String, ShardLanes> lanes = new LinkedHashMap<>();
    private final ThreadPoolExecutor evictions;
    private final MapStores stores;

    private Throughline(GridConfig config, ShardMap shardMap, MeterRegistry meters) {
        this.config = config;
        this.evictions = new ThreadPoolExecutor(
                EVICTION_THREADS, EVICTION_THREADS, 10, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), task -> {
                    Thread thread = new Thread(task, "throughline-evict");
                    thread.setDaemon(true);
                    return thread;
                });
        evictions.allowCoreThreadTimeOut(true);
        ShardConnections connections = new ShardConnections(
                config.database().name(), config.database().credentials(), config.connections(), "throughline member");
        for (ShardConfig shard : config.shards()) {
            ShardPool pool = new ShardPool(
                    shard.name(),
                    connections.primaryOf(shard),
                    config.connections().poolSize(),
                    config.connections().connectTimeout(),
                    meters);
            lanes.put(
                    shard.name(),
                    new ShardLanes(pool, new ShardMetrics(meters, shard.name()), config.write(), config.read()));
        }
        this.stores = new MapStores(config, shardMap, lanes, evictions);
    }

    /** As {@link #open(Path, MeterRegistry)}, with Micrometer's global registry. */
    public static Throughline open(Path throughlineYaml) {
        return open(throughlineYaml, Metrics.globalRegistry);
    }

    /**
     * Reads the configuration, brings the schema up to date where it has a migration section, and checks the shards.
     *
     * @throws GridConfigException if the file can't be used as it is
     * @throws StartRefusedException if the shards can't be reached, or don't agree with the file
     */
    public static Throughline open(Path throughlineYaml, MeterRegistry meters) {
        GridConfig config = new GridConfigReader().read(throughlineYaml);
        if (config.migration() != null) {
            SchemaMigration.migrate(config);
        }
        return new Throughline(config, SchemaCheck.verify(config), meters);
    }

    /**
     * Starts a member whose maps are written through. Maps of throughline.yaml that the configuration doesn't name get
     * backup-count 2 and a TTL of 5 s. When the member shuts down, so does this.
     *
     * @param hazelcast is completed by this call
     * @throws StartRefusedException if a setting would break a promise; nothing is started then
     */
    public HazelcastInstance join(Config hazelcast) {
        try {
            HazelcastSettings.complete(hazelcast, config);
            HazelcastSettings.check(hazelcast, config);
            hazelcast.getUserContext().put(USER_CONTEXT_KEY, this);
            hazelcast.addListenerConfig(new ListenerConfig(new ThroughlineListener()));
            return Hazelcast.newHazelcastInstance(hazelcast);
        } catch (RuntimeException | Error e) {
            close();
            throw e;
        }
    }

    MapWiring wire(String map, HazelcastInstance hazelcast) {
        return stores.wire(map, hazelcast);
    }

    public GridConfig config() {
        return config;
    }

    /**
     * Asks every shard how it is, one after the other. Each takes at most {@code connect-timeout} and one {@code
     * socket-timeout}: not for a thread that must answer soon.
     */
    public List<ShardHealth> health() {
        return lanes.values().stream().map(ShardLanes::pool).map(ShardProbe::of).toList();
    }

    /** Finishes what is under way, then closes the connections. Idempotent. */
    @Override
    public void close() {
        evictions.shutdownNow();
        lanes.values().forEach(ShardLanes::close);
    }
}
