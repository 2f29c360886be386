package io.throughline.member;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.hazelcast.client.HazelcastClient;
import com.hazelcast.client.config.ClientConfig;
import com.hazelcast.core.HazelcastInstance;
import com.hazelcast.core.HazelcastJsonValue;
import com.hazelcast.splitbrainprotection.SplitBrainProtectionException;
import io.throughline.localpostgres.LocalShards;
import io.throughline.localpostgres.LocalShardsConfig;
import io.throughline.mapstore.attempt.Attempt;
import io.throughline.mapstore.attempt.AttemptEnvelope;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Hazelcast's own members, with the -all jar dropped in and docs/stock-member.md followed. Nothing else is on their class path. */
class StockMemberIT {

    private static final int MEMBERS = 2;

    private static final String ADVANCED_NETWORK = """
              advanced-network:
                enabled: true
                join:
                  auto-detection:
                    enabled: false
                  tcp-ip:
                    enabled: true
                    member-list: [%s]
                member-server-socket-endpoint-config:
                  port:
                    port: ${port.for.members}
                    auto-increment: false
                  reuse-address: true
                  interfaces:
                    enabled: true
                    interfaces: ['127.0.0.1']
                client-server-socket-endpoint-config:
                  port:
                    port: ${port.for.clients}
                    auto-increment: false
                  reuse-address: true
                  interfaces:
                    enabled: true
                    interfaces: ['127.0.0.1']

            """;

    private static final String SPLIT_BRAIN_PROTECTION = """
              split-brain-protection:
                throughline-majority:
                  enabled: true
                  minimum-cluster-size: 2
                  protect-on: READ_WRITE
                  recently-active-split-brain-protection:
                    heartbeat-tolerance-millis: 4000
              listeners:
                - io.throughline.mapstore.ThroughlineListener
            """;

    @Test
    void they_make_the_schema_write_through_and_leave_in_order() throws Exception {
        GridFolder folder = GridFolder.create(2 * MEMBERS);
        try (LocalShards shards =
                LocalShards.start(LocalShardsConfig.in(folder.path().resolve("postgres")))) {
            folder.writeConfig(shards);
            configure(folder);
            List<Process> members = new ArrayList<>();
            try {
                for (int number = 0; number < MEMBERS; number++) {
                    members.add(start(folder, number));
                }
                assertServe(folder, shards);
                members.forEach(Process::destroy);
                for (Process member : members) {
                    assertThat(member.waitFor(60, TimeUnit.SECONDS)).isTrue();
                }
                for (String shard : List.of("shard-1", "shard-2")) {
                    Sql sql = new Sql(() -> shards.connect(shards.shard(shard).primary()));
                    assertThat(sql.count("SELECT count(*) FROM throughline.writer WHERE NOT fenced"))
                            .isZero();
                }
            } finally {
                for (Process member : members) {
                    member.destroyForcibly().waitFor();
                }
            }
        } finally {
            folder.close();
        }
    }

    private static void assertServe(GridFolder folder, LocalShards shards) {
        HazelcastInstance client = HazelcastClient.newHazelcastClient(client(folder));
        try {
            await().atMost(Duration.ofSeconds(60))
                    .ignoreException(SplitBrainProtectionException.class)
                    .until(() -> client.getMap("kv").get("a") == null);
            client.getMap("kv").set("a", "hello");
            client.getMap("documents").set("a", new HazelcastJsonValue("{\"n\": 1}"));
            client.getMap("kv").evict("a");
            Attempt attempt = new Attempt(System.currentTimeMillis() + 1_000, 7);
            client.getMap("kv").set("attempt", new AttemptEnvelope(attempt, "opened"));
            assertThat(client.getMap("kv").get("attempt")).isEqualTo("opened");

            assertThat(client.getMap("kv").get("a")).isEqualTo("hello");
            List<Object> rows = Stream.of("shard-1", "shard-2")
                    .map(shard ->
                            new Sql(() -> shards.connect(shards.shard(shard).primary())))
                    .flatMap(sql -> Stream.concat(
                            sql.<Object>column("SELECT value FROM kv.entries").stream(),
                            sql.<Object>column("SELECT value::text FROM documents.entries").stream()))
                    .toList();
            assertThat(rows).containsExactlyInAnyOrder("hello", "opened", "{\"n\": 1}");
        } finally {
            client.shutdown();
        }
    }

    private static ClientConfig client(GridFolder folder) {
        ClientConfig config = new ClientConfig().setClusterName("throughline");
        config.getNetworkConfig().setAddresses(folder.memberAddresses().subList(0, MEMBERS));
        config.getConnectionStrategyConfig().getConnectionRetryConfig().setClusterConnectTimeoutMillis(120_000);
        return config;
    }

    /** What docs/stock-member.md says. */
    private static void configure(GridFolder folder) throws IOException {
        Path hazelcastYaml = folder.configDirectory().resolve("hazelcast.yaml");
        Files.writeString(
                hazelcastYaml,
                Files.readString(hazelcastYaml)
                                .replaceFirst(
                                        "(?s)  network:\\n.*?(?=  map:\\n)",
                                        Matcher.quoteReplacement(ADVANCED_NETWORK.formatted(String.join(
                                                ", ", folder.memberAddresses().subList(MEMBERS, 2 * MEMBERS)))))
                                .replace(
                                        "kv: &written-through\n",
                                        "kv: &written-through\n      split-brain-protection-ref: throughline-majority\n")
                                .replace("hazelcast.shutdownhook.enabled: false", """
                                        hazelcast.shutdownhook.enabled: true
                                            hazelcast.shutdownhook.policy: GRACEFUL""")
                                .replace("hazelcast.logging.type: slf4j", "hazelcast.logging.type: jdk")
                        + SPLIT_BRAIN_PROTECTION);
        Path throughlineYaml = folder.configDirectory().resolve("throughline.yaml");
        Files.writeString(throughlineYaml, "members: " + MEMBERS + "\n" + Files.readString(throughlineYaml));
    }

    private static Process start(GridFolder folder, int number) throws IOException {
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Dhazelcast.config=" + folder.configDirectory().resolve("hazelcast.yaml"),
                        "-Dthroughline.config=" + folder.configDirectory().resolve("throughline.yaml"),
                        "-Dport.for.clients=" + folder.memberPorts().get(number),
                        "-Dport.for.members=" + folder.memberPorts().get(MEMBERS + number),
                        "-cp",
                        hazelcastJar() + File.pathSeparator + allJar(),
                        "com.hazelcast.core.server.HazelcastMemberStarter")
                .redirectErrorStream(true)
                .redirectOutput(Files.createDirectories(Path.of("target", "grid-logs"))
                        .resolve("stock-member-" + number + ".log")
                        .toFile())
                .start();
    }

    private static String hazelcastJar() {
        return Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
                .filter(entry -> Path.of(entry).getFileName().toString().matches("hazelcast-5[\\d.]+\\.jar"))
                .findFirst()
                .orElseThrow();
    }

    private static Path allJar() throws IOException {
        try (Stream<Path> built = Files.list(Path.of("..", "mapstore", "target"))) {
            return built.filter(file -> file.getFileName().toString().endsWith("-all.jar"))
                    .findFirst()
                    .orElseThrow();
        }
    }
}
