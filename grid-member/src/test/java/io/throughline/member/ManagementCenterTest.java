package io.throughline.member;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.hazelcast.client.HazelcastClient;
import com.hazelcast.client.config.ClientConfig;
import com.hazelcast.client.impl.clientside.HazelcastClientProxy;
import com.hazelcast.client.impl.management.ManagementCenterService;
import com.hazelcast.client.impl.protocol.ClientMessage;
import com.hazelcast.client.impl.protocol.codec.MCGetClusterMetadataCodec;
import com.hazelcast.client.impl.protocol.codec.MCGetMapConfigCodec;
import com.hazelcast.client.impl.protocol.codec.MCGetMemberConfigCodec;
import com.hazelcast.client.impl.protocol.codec.MCGetSystemPropertiesCodec;
import com.hazelcast.client.impl.protocol.codec.MCGetTimedMemberStateCodec;
import com.hazelcast.client.impl.protocol.codec.MCReadMetricsCodec;
import com.hazelcast.client.impl.protocol.codec.MCRunConsoleCommandCodec;
import com.hazelcast.client.impl.protocol.codec.MCRunScriptCodec;
import com.hazelcast.client.impl.spi.impl.ClientInvocation;
import com.hazelcast.core.HazelcastInstance;
import com.hazelcast.internal.metrics.MetricConsumer;
import com.hazelcast.internal.metrics.MetricDescriptor;
import com.hazelcast.internal.metrics.impl.MetricsCompressor;
import java.nio.file.Files;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * What Management Center asks for, asked by the stock client in the mode in which Management Center runs it, of each member
 * (docs/management-center.md). Its image is not needed for that.
 */
@ExtendWith(SharedGrid.Once.class)
class ManagementCenterTest {

    private final SharedGrid grid;
    private final HazelcastInstance console;

    ManagementCenterTest(SharedGrid grid) {
        this.grid = grid;
        ClientConfig config = grid.clientConfig();
        config.setProperty(ManagementCenterService.MC_CLIENT_MODE_PROP.getName(), "true");
        this.console = HazelcastClient.newHazelcastClient(config);
    }

    @AfterEach
    void leave() {
        console.shutdown();
    }

    @Test
    void every_member_gives_its_metrics() {
        grid.client().getMap("kv").set(grid.freshKey(), "v");

        for (UUID member : members()) {
            await().untilAsserted(() -> assertThat(metrics(member))
                    .containsKeys("cluster.size", "runtime.usedMemory", "map.putCount")
                    .containsEntry("cluster.size", 3L));
        }
    }

    @Test
    void every_member_gives_its_state() throws Exception {
        for (UUID member : members()) {
            JsonNode state = state(member).path("memberState");

            assertThat(state.path("nodeState").path("nodeState").asText()).isEqualTo("ACTIVE");
            assertThat(state.path("memberPartitionState")
                            .path("memberStateSafe")
                            .asBoolean())
                    .isTrue();
            assertThat(state.path("mapStats").has("kv")).isTrue();
            assertThat(state.path("clients").findValuesAsText("clientType")).contains("MCJVM");
        }
    }

    @Test
    void every_member_gives_its_configuration() throws Exception {
        for (UUID member : members()) {
            String config =
                    MCGetMemberConfigCodec.decodeResponse(answer(member, MCGetMemberConfigCodec.encodeRequest()));
            var map = MCGetMapConfigCodec.decodeResponse(answer(member, MCGetMapConfigCodec.encodeRequest("kv")));
            var cluster =
                    MCGetClusterMetadataCodec.decodeResponse(answer(member, MCGetClusterMetadataCodec.encodeRequest()));

            assertThat(config).contains("<map-store", "<cluster-name>throughline</cluster-name>");
            assertThat(map.timeToLiveSeconds).isEqualTo(5);
            assertThat(map.backupCount).isEqualTo(2);
            assertThat(cluster.memberVersion).isEqualTo("5.7.0");
        }
    }

    @Test
    void neither_state_nor_configuration_tells_a_password() throws Exception {
        String password =
                Files.readString(grid.shards().secrets().application()).strip();
        for (UUID member : members()) {
            assertThat(MCGetMemberConfigCodec.decodeResponse(answer(member, MCGetMemberConfigCodec.encodeRequest())))
                    .doesNotContain(password);
            assertThat(MCGetSystemPropertiesCodec.decodeResponse(
                                    answer(member, MCGetSystemPropertiesCodec.encodeRequest()))
                            .toString())
                    .contains("java.version")
                    .doesNotContain(password);
        }
    }

    @Test
    void it_runs_no_script_and_no_command() {
        for (UUID member : members()) {
            assertThatThrownBy(() -> answer(member, MCRunScriptCodec.encodeRequest("javascript", "1 + 1")))
                    .hasStackTraceContaining("Using ScriptEngine is not allowed");
            assertThatThrownBy(() -> answer(member, MCRunConsoleCommandCodec.encodeRequest("kv", "m.size")))
                    .hasStackTraceContaining("Using Console is not allowed");
        }
    }

    @Test
    void it_is_told_to_look_into_no_map_and_gets_no_sql() throws Exception {
        for (UUID member : members()) {
            assertThat(state(member).path("mcDataAccessEnabled").asBoolean(true))
                    .isFalse();
        }
        assertThatThrownBy(() -> console.getSql().execute("SELECT * FROM kv"))
                .hasMessageContaining("The Jet engine is disabled");
    }

    private Iterable<UUID> members() {
        return console.getCluster().getMembers().stream()
                .map(member -> member.getUuid())
                .toList();
    }

    private JsonNode state(UUID member) throws Exception {
        String answer =
                MCGetTimedMemberStateCodec.decodeResponse(answer(member, MCGetTimedMemberStateCodec.encodeRequest()));
        return new ObjectMapper().readTree(answer).path("timedMemberState");
    }

    private Map<String, Number> metrics(UUID member) throws Exception {
        Map<String, Number> seen = new HashMap<>();
        MCReadMetricsCodec.decodeResponse(answer(member, MCReadMetricsCodec.encodeRequest(member, 0)))
                .elements
                .forEach(blob -> MetricsCompressor.extractMetrics(blob.getValue(), new Collected(seen)));
        return seen;
    }

    private ClientMessage answer(UUID member, ClientMessage question) throws ExecutionException, InterruptedException {
        return new ClientInvocation(((HazelcastClientProxy) console).client, question, null, member)
                .invoke()
                .get();
    }

    private record Collected(Map<String, Number> seen) implements MetricConsumer {

        @Override
        public void consumeLong(MetricDescriptor metric, long value) {
            seen.put(metric.prefix() + "." + metric.metric(), value);
        }

        @Override
        public void consumeDouble(MetricDescriptor metric, double value) {
            seen.put(metric.prefix() + "." + metric.metric(), value);
        }
    }
}
