package io.throughline.mapstore.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.hazelcast.config.Config;
import com.hazelcast.config.ExecutorConfig;
import com.hazelcast.config.MapConfig;
import com.hazelcast.config.NearCacheConfig;
import com.hazelcast.config.PartitioningStrategyConfig;
import com.hazelcast.config.SplitBrainProtectionConfig;
import com.hazelcast.splitbrainprotection.SplitBrainProtectionOn;
import io.throughline.mapstore.StartRefusedException;
import io.throughline.mapstore.config.AttemptsConfig;
import io.throughline.mapstore.config.ConnectionsConfig;
import io.throughline.mapstore.config.Credentials;
import io.throughline.mapstore.config.DatabaseConfig;
import io.throughline.mapstore.config.FallbackConfig;
import io.throughline.mapstore.config.GridConfig;
import io.throughline.mapstore.config.GridMapConfig;
import io.throughline.mapstore.config.HostAndPort;
import io.throughline.mapstore.config.OnDegraded;
import io.throughline.mapstore.config.ReadConfig;
import io.throughline.mapstore.config.Secret;
import io.throughline.mapstore.config.ShardConfig;
import io.throughline.mapstore.config.Tls;
import io.throughline.mapstore.config.ValueFormat;
import io.throughline.mapstore.config.WriteConfig;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class HazelcastSettingsTest {

    private static final GridConfig GRID = new GridConfig(
            Path.of("throughline.yaml"),
            "throughline",
            271,
            5,
            false,
            new DatabaseConfig("throughline", new Credentials("throughline", new Secret("s"))),
            null,
            List.of(new ShardConfig("shard-1", List.of(new HostAndPort("127.0.0.1", 1)))),
            new ConnectionsConfig(
                    4, Duration.ofSeconds(2), Duration.ofSeconds(5), Duration.ofSeconds(30), Tls.PREFER, null),
            new WriteConfig(Duration.ofSeconds(15), 10, 10, OnDegraded.REFUSE),
            new ReadConfig(Duration.ofSeconds(15), 10, 10, 2),
            new AttemptsConfig(Duration.ofMinutes(1), Duration.ofHours(1)),
            new FallbackConfig(Duration.ofMillis(250), Duration.ofSeconds(15), Duration.ofSeconds(5), 4, 1_000),
            List.of(new GridMapConfig("kv", ValueFormat.TEXT, "kv", 1 << 20)));

    private static Config completed() {
        Config config = new Config();
        HazelcastSettings.complete(config, GRID);
        return config;
    }

    @Test
    void an_empty_configuration_is_completed_to_the_missions_settings() {
        Config config = completed();
        HazelcastSettings.check(config, GRID);
        MapConfig kv = config.findMapConfig("kv");
        assertThat(kv.getBackupCount()).isEqualTo(2);
        assertThat(kv.getTimeToLiveSeconds()).isEqualTo(5);
        assertThat(kv.getMapStoreConfig().getWriteDelaySeconds()).isZero();
        assertThat(config.findExecutorConfig(HazelcastSettings.STORE_POOL).getPoolSize())
                .isEqualTo(271);
    }

    static Stream<Arguments> unsafeSettings() {
        return Stream.of(
                unsafe(
                        "map.kv.map-store.write-delay-seconds",
                        c -> kv(c).getMapStoreConfig().setWriteDelaySeconds(1)),
                unsafe(
                        "map.kv.map-store.offload",
                        c -> kv(c).getMapStoreConfig().setOffload(false)),
                unsafe(
                        "map.kv.map-store.enabled",
                        c -> kv(c).getMapStoreConfig().setEnabled(false)),
                unsafe("map.kv.backup-count", c -> kv(c).setBackupCount(0)),
                unsafe("map.kv.time-to-live-seconds", c -> kv(c).setTimeToLiveSeconds(0)),
                unsafe(
                        "map.kv.time-to-live-seconds is 6 and should be at most fallback.overlay",
                        c -> kv(c).setTimeToLiveSeconds(6)),
                unsafe("map.kv.near-cache", c -> kv(c).setNearCacheConfig(new NearCacheConfig())),
                unsafe(
                        "map.kv.partition-strategy",
                        c -> kv(c).setPartitioningStrategyConfig(new PartitioningStrategyConfig("x.Y"))),
                unsafe(
                        "executor-service." + HazelcastSettings.STORE_POOL + ".pool-size",
                        c -> c.addExecutorConfig(new ExecutorConfig(HazelcastSettings.STORE_POOL, 16))),
                unsafe("map.kv.split-brain-protection-ref", c -> kv(c).setSplitBrainProtectionName(null)),
                unsafe("map.kv.merge-policy", c -> kv(c).getMergePolicyConfig().setPolicy("LatestUpdateMergePolicy")),
                unsafe(
                        "hazelcast.max.no.heartbeat.seconds (9)",
                        c -> c.setProperty("hazelcast.max.no.heartbeat.seconds", "9")),
                unsafe("map.kv.time-to-live-seconds (6)", c -> kv(c).setTimeToLiveSeconds(6)),
                unsafe(
                        "hazelcast.operation.backup.timeout.millis",
                        c -> c.setProperty("hazelcast.operation.backup.timeout.millis", "4999")),
                unsafe(
                        "hazelcast.partition.migration.stale.read.disabled",
                        c -> c.setProperty("hazelcast.partition.migration.stale.read.disabled", "false")),
                unsafe("minimum-cluster-size", c -> majority(c).setMinimumClusterSize(2)),
                unsafe("protect-on", c -> majority(c).setProtectOn(SplitBrainProtectionOn.WRITE)),
                unsafe(
                        "recently-active-split-brain-protection is missing",
                        c -> majority(c).setFunctionImplementation(members -> true)),
                unsafe("hazelcast.partition.count", c -> c.setProperty("hazelcast.partition.count", "11")));
    }

    private static Arguments unsafe(String key, Consumer<Config> change) {
        return Arguments.of(key, change);
    }

    private static SplitBrainProtectionConfig majority(Config config) {
        return config.getSplitBrainProtectionConfig("throughline-majority");
    }

    private static MapConfig kv(Config config) {
        return config.getMapConfig("kv");
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("unsafeSettings")
    void an_unsafe_setting_is_refused_by_name(String key, Consumer<Config> change) {
        Config config = completed();
        change.accept(config);
        assertThatThrownBy(() -> HazelcastSettings.check(config, GRID))
                .isInstanceOf(StartRefusedException.class)
                .hasMessageContaining(key);
    }

    @Test
    void a_setting_that_only_weakens_a_promise_is_the_users_choice() {
        Config config = completed();
        kv(config).setBackupCount(1).setReadBackupData(true);
        assertThatCode(() -> HazelcastSettings.check(config, GRID)).doesNotThrowAnyException();
        assertThat(MapSettings.judge(kv(config), "kv", GRID.fallback().overlay())
                        .questionable())
                .hasSize(2);
    }
}
