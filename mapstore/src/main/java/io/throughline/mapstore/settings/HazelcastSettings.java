package io.throughline.mapstore.settings;

import com.hazelcast.config.Config;
import com.hazelcast.config.ExecutorConfig;
import com.hazelcast.config.MapConfig;
import com.hazelcast.config.MapStoreConfig;
import com.hazelcast.spi.properties.ClusterProperty;
import com.hazelcast.spi.properties.HazelcastProperties;
import io.throughline.mapstore.StartRefusedException;
import io.throughline.mapstore.ThroughlineMapStoreFactory;
import io.throughline.mapstore.config.GridConfig;
import io.throughline.mapstore.config.GridMapConfig;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Completes and checks the Hazelcast settings of a grid's maps. */
public final class HazelcastSettings {

    /** Its threads wait for commits; 16 by default, so a sick shard could take them all (measured). */
    static final String STORE_POOL = "hz:map-store-offloadable";

    private static final Logger log = LoggerFactory.getLogger(HazelcastSettings.class);

    private HazelcastSettings() {}

    /**
     * Gives every map of the grid that the configuration doesn't name the grid's defaults, the store pool its threads,
     * and the cluster its heartbeats and its majority.
     */
    public static void complete(Config hazelcast, GridConfig grid) {
        for (GridMapConfig map : grid.maps()) {
            if (hazelcast.getMapConfigOrNull(map.name()) == null) {
                hazelcast.addMapConfig(defaults(map.name()));
            }
            useOurStore(hazelcast.getMapConfig(map.name()));
        }
        if (!hazelcast.getExecutorConfigs().containsKey(STORE_POOL)) {
            hazelcast.addExecutorConfig(new ExecutorConfig(STORE_POOL, grid.partitions()));
        }
        setUnlessSet(hazelcast, ClusterProperty.PARTITION_COUNT.getName(), grid.partitions());
        LeaseSettings.complete(hazelcast, grid);
    }

    static void setUnlessSet(Config hazelcast, String property, Object value) {
        if (hazelcast.getProperty(property) == null && System.getProperty(property) == null) {
            hazelcast.setProperty(property, value.toString());
        }
    }

    private static MapConfig defaults(String name) {
        return new MapConfig(name)
                .setBackupCount(MapSettings.BACKUPS)
                .setTimeToLiveSeconds(MapSettings.TTL_SECONDS)
                .setMapStoreConfig(new MapStoreConfig().setWriteDelaySeconds(0));
    }

    private static void useOurStore(MapConfig map) {
        MapStoreConfig store = map.getMapStoreConfig();
        if (store.getFactoryClassName() == null && store.getFactoryImplementation() == null) {
            store.setEnabled(true).setFactoryClassName(ThroughlineMapStoreFactory.class.getName());
        }
    }

    /** @throws StartRefusedException naming every setting that breaks a promise; what only weakens one is logged */
    public static void check(Config hazelcast, GridConfig grid) {
        List<String> unsafe = new ArrayList<>();
        int partitions = new HazelcastProperties(hazelcast).getInteger(ClusterProperty.PARTITION_COUNT);
        if (partitions != grid.partitions()) {
            unsafe.add("hazelcast.partition.count is " + partitions + " and partitions in " + grid.file() + " is "
                    + grid.partitions() + ": the same key would belong to another partition");
        }
        int threads = hazelcast.findExecutorConfig(STORE_POOL).getPoolSize();
        if (threads < grid.partitions()) {
            unsafe.add("executor-service." + STORE_POOL + ".pool-size is " + threads + " and should be "
                    + grid.partitions() + ", one for each partition: a sick shard's stores would hold up the others'");
        }
        for (GridMapConfig map : grid.maps()) {
            MapSettings.Verdict verdict = MapSettings.judge(
                    hazelcast.findMapConfig(map.name()),
                    map.name(),
                    grid.fallback().overlay());
            unsafe.addAll(verdict.unsafe());
            verdict.questionable().forEach(finding -> log.warn("{}", finding));
        }
        unsafe.addAll(LeaseSettings.judge(hazelcast, grid));
        if (!unsafe.isEmpty()) {
            throw new StartRefusedException("unsafe Hazelcast settings: " + String.join("; ", unsafe));
        }
    }

    /** How long any map of the grid keeps what it holds. */
    public static Duration longestTtl(Config hazelcast, GridConfig grid) {
        return Duration.ofSeconds(grid.maps().stream()
                .mapToInt(map -> hazelcast.findMapConfig(map.name()).getTimeToLiveSeconds())
                .max()
                .orElse(0));
    }
}
