package io.throughline.bench.peers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.hazelcast.config.Config;
import com.hazelcast.config.MapConfig;
import com.hazelcast.config.YamlConfigBuilder;
import io.throughline.mapstore.config.GridConfig;
import io.throughline.mapstore.config.GridConfigReader;
import io.throughline.member.HazelcastYaml;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

final class PeerConfigTest {

    @TempDir
    Path folder = Path.of("");

    private Path throughlineYaml = Path.of("");

    @BeforeEach
    void writeConfiguration() throws IOException {
        Path password = folder.resolve("password");
        Files.createFile(password, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        Files.writeString(password, "secret");
        throughlineYaml = folder.resolve("throughline.yaml");
        Files.writeString(throughlineYaml, """
                database: {password-file: password}
                shards:
                  shard-1: {hosts: ["127.0.0.1:1", "127.0.0.1:2", "127.0.0.1:3"]}
                  shard-2: {hosts: ["127.0.0.1:4", "127.0.0.1:5", "127.0.0.1:6"]}
                maps: {kv: {value-format: text}}
                """);
    }

    private Config configured(Peer peer) {
        String yaml = HazelcastYaml.forMembers(List.of("127.0.0.1:5701"), throughlineYaml);
        Config config = new YamlConfigBuilder(new ByteArrayInputStream(yaml.getBytes(StandardCharsets.UTF_8))).build();
        GridConfig grid = new GridConfigReader().read(throughlineYaml);
        new PeerConfig(peer, grid, 5).applyTo(config);
        return config;
    }

    @ParameterizedTest
    @EnumSource(names = {"MAPSTORE", "MAPSTORE_271", "EMPTY", "NO_STORE", "LOOK_ASIDE", "GENERIC"})
    void a_peer_keeps_what_is_not_the_store(Peer peer) {
        MapConfig map = configured(peer).getMapConfig(peer == Peer.GENERIC ? "kv2" : "kv");

        assertThat(map.getBackupCount()).isEqualTo(2);
        assertThat(map.getTimeToLiveSeconds()).isEqualTo(5);
        assertThat(map.getMapStoreConfig().getFactoryClassName()).isNull();
        assertThat(map.getMapStoreConfig().isOffload()).isTrue();
        assertThat(map.getMapStoreConfig().getWriteDelaySeconds()).isZero();
    }

    @Test
    void the_afternoon_s_store_has_its_table_and_either_pool() {
        Config small = configured(Peer.MAPSTORE);
        Config large = configured(Peer.MAPSTORE_271);

        assertThat(small.getExecutorConfig("hz:map-store-offloadable").getPoolSize())
                .isEqualTo(16);
        assertThat(large.getExecutorConfig("hz:map-store-offloadable").getPoolSize())
                .isEqualTo(271);
        assertThat(small.getMapConfig("kv").getMapStoreConfig().getClassName())
                .isEqualTo(UpsertMapStore.class.getName());
        assertThat(small.getMapConfig("kv").getMapStoreConfig().getProperty("schema"))
                .isEqualTo("peer_mapstore");
    }

    @Test
    void the_generic_store_has_a_map_and_a_connection_for_each_shard() {
        Config config = configured(Peer.GENERIC);

        List<String> hosts = List.of("127.0.0.1:1,127.0.0.1:2", "127.0.0.1:4,127.0.0.1:5");
        for (int number = 0; number < 2; number++) {
            int shard = number;
            var store = config.getMapConfig(PeerMember.mapOfShard(shard)).getMapStoreConfig();
            assertThat(store.getClassName()).isEqualTo("com.hazelcast.mapstore.GenericMapStore");
            assertThat(config.getDataConnectionConfigs())
                    .hasEntrySatisfying(
                            store.getProperty("data-connection-ref"),
                            connection -> assertThat(connection.getProperty("jdbcUrl"))
                                    .contains(hosts.get(shard)));
        }
        assertThat(config.getMapConfig("kv").getMapStoreConfig().isEnabled()).isFalse();
    }

    @Test
    void throughline_is_never_started_in_this_way() {
        assertThatIllegalArgumentException().isThrownBy(() -> configured(Peer.THROUGHLINE));
    }
}
