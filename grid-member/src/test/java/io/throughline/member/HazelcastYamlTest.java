package io.throughline.member;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.hazelcast.client.config.ClientConfig;
import com.hazelcast.client.config.YamlClientConfigBuilder;
import com.hazelcast.config.Config;
import com.hazelcast.config.InMemoryFormat;
import com.hazelcast.config.JoinConfig;
import com.hazelcast.config.MapConfig;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HazelcastYamlTest {

    private static final List<String> MEMBERS = List.of("127.0.0.1:6001", "127.0.0.1:6002");

    @TempDir
    Path directory;

    @ParameterizedTest
    @ValueSource(strings = {"kv", "documents", "blobs"})
    void each_shipped_map_is_written_through_with_two_backups_and_a_short_life(String name) throws IOException {
        MapConfig map = shipped().getMapConfig(name);

        assertThat(map.getBackupCount()).isEqualTo(2);
        assertThat(map.getTimeToLiveSeconds()).isEqualTo(5);
        assertThat(map.getInMemoryFormat()).isEqualTo(InMemoryFormat.BINARY);
        assertThat(map.isReadBackupData()).isFalse();
        assertThat(map.isStatisticsEnabled()).isTrue();
        assertThat(map.getMergePolicyConfig().getPolicy()).isEqualTo("DiscardMergePolicy");
        assertThat(map.getMapStoreConfig().getWriteDelaySeconds()).isZero();
        assertThat(map.getMapStoreConfig().isOffload()).isTrue();
        assertThat(map.getMapStoreConfig().getFactoryClassName())
                .isEqualTo("io.throughline.mapstore.ThroughlineMapStoreFactory");
    }

    @Test
    void the_shipped_member_joins_by_listed_addresses_on_loopback_only() throws IOException {
        Config config = shipped();
        JoinConfig join = config.getNetworkConfig().getJoin();

        assertThat(config.getClusterName()).isEqualTo("throughline");
        assertThat(join.isAutoDetectionEnabled()).isFalse();
        assertThat(join.getMulticastConfig().isEnabled()).isFalse();
        assertThat(join.getTcpIpConfig().getMembers()).containsExactlyElementsOf(MEMBERS);
        assertThat(config.getNetworkConfig().getInterfaces().isEnabled()).isTrue();
        assertThat(config.getNetworkConfig().getInterfaces().getInterfaces()).containsOnly("127.0.0.1");
        assertThat(config.getProperty("hazelcast.socket.bind.any")).isEqualTo("false");
    }

    @Test
    void the_shipped_member_runs_nothing_that_a_client_sends() throws IOException {
        Config config = shipped();

        assertThat(config.getManagementCenterConfig().isScriptingEnabled()).isFalse();
        assertThat(config.getManagementCenterConfig().isConsoleEnabled()).isFalse();
        assertThat(config.getManagementCenterConfig().isDataAccessEnabled()).isFalse();
        assertThat(config.getNamespacesConfig().isEnabled()).isFalse();
        assertThat(config.getJetConfig().isEnabled()).isFalse();
        assertThat(config.getJetConfig().isResourceUploadEnabled()).isFalse();
    }

    @Test
    void a_stock_member_finds_throughline_yaml_by_the_written_path() throws IOException {
        assertThat(shipped().getMapConfig("kv").getMapStoreConfig().getProperty("throughline.config"))
                .isEqualTo(
                        directory.resolve("throughline.yaml").toAbsolutePath().toString());
    }

    @Test
    void the_shipped_client_knows_the_members_it_was_written_for() {
        byte[] yaml = HazelcastYaml.forClientsOf(MEMBERS).getBytes(StandardCharsets.UTF_8);
        ClientConfig config = new YamlClientConfigBuilder(new ByteArrayInputStream(yaml)).build();

        assertThat(config.getClusterName()).isEqualTo("throughline");
        assertThat(config.getNetworkConfig().getAddresses()).containsExactlyElementsOf(MEMBERS);
        assertThat(config.getNetworkConfig().isRedoOperation()).isFalse();
    }

    @Test
    void a_members_own_settings_stand_over_the_file() throws IOException {
        write(HazelcastYaml.forMembers(MEMBERS, directory.resolve("throughline.yaml")));

        Config config = HazelcastYaml.load(
                new MemberSettings(directory, "m", "127.0.0.2", 6005, List.of("127.0.0.2:6005"), "127.0.0.1", 0, null));

        assertThat(config.getInstanceName()).isEqualTo("m");
        assertThat(config.getNetworkConfig().getPort()).isEqualTo(6005);
        assertThat(config.getNetworkConfig().isPortAutoIncrement()).isFalse();
        assertThat(config.getNetworkConfig().getInterfaces().getInterfaces()).containsOnly("127.0.0.2");
        assertThat(config.getNetworkConfig().getJoin().getTcpIpConfig().getMembers())
                .containsExactly("127.0.0.2:6005");
    }

    @Test
    void a_missing_file_is_named() {
        refuses("hazelcast.yaml is missing");
    }

    @Test
    void malformed_yaml_names_file_and_place() throws IOException {
        write("hazelcast:\n  network: [\n");

        refuses("line");
    }

    @Test
    void an_unknown_key_is_named() throws IOException {
        write("hazelcast:\n  cluster-nam: throughline\n");

        refuses("cluster-nam");
    }

    @Test
    void another_yaml_file_is_refused() throws IOException {
        write("shards: {}\n");

        refuses("hazelcast");
    }

    private void refuses(String named) {
        assertThatThrownBy(() -> HazelcastYaml.load(settings()))
                .isInstanceOfSatisfying(
                        MemberStartException.class,
                        e -> assertThat(e.exitCode()).isEqualTo(ExitCode.CONFIG))
                .hasMessageContaining(directory.resolve("hazelcast.yaml").toString())
                .hasMessageContaining(named);
    }

    private Config shipped() throws IOException {
        write(HazelcastYaml.forMembers(MEMBERS, directory.resolve("throughline.yaml")));
        return HazelcastYaml.load(settings());
    }

    private void write(String yaml) throws IOException {
        Files.writeString(directory.resolve("hazelcast.yaml"), yaml);
    }

    private MemberSettings settings() {
        return new MemberSettings(directory, "member", null, null, List.of(), "127.0.0.1", 0, null);
    }
}
