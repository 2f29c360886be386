package io.throughline.member;

import static org.assertj.core.api.Assertions.assertThat;

import com.hazelcast.client.HazelcastClient;
import com.hazelcast.client.config.ClientConfig;
import com.hazelcast.core.HazelcastInstance;
import com.hazelcast.core.HazelcastJsonValue;
import io.throughline.localpostgres.LocalShards;
import io.throughline.localpostgres.LocalShardsConfig;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** A member of Hazelcast's own, with the -all jar dropped in and docs/stock-member.md followed. Nothing else is on its class path. */
class StockMemberIT {

    private static final String SPLIT_BRAIN_PROTECTION = """
              split-brain-protection:
                throughline-majority:
                  enabled: true
                  minimum-cluster-size: 1
                  protect-on: READ_WRITE
                  recently-active-split-brain-protection:
                    heartbeat-tolerance-millis: 4000
              listeners:
                - io.throughline.mapstore.ThroughlineListener
            """;

    @Test
    void it_makes_the_schema_writes_through_and_leaves_in_order() throws Exception {
        GridFolder folder = GridFolder.create(1);
        try (LocalShards shards =
                LocalShards.start(LocalShardsConfig.in(folder.path().resolve("postgres")))) {
            folder.writeConfig(shards);
            configure(folder);
            Process member = start(folder);
            try {
                assertServes(folder, shards);
                member.destroy();
                assertThat(member.waitFor(60, TimeUnit.SECONDS)).isTrue();
            } finally {
                member.destroyForcibly().waitFor();
            }
        } finally {
            folder.close();
        }
    }

    private static void assertServes(GridFolder folder, LocalShards shards) {
        HazelcastInstance client = HazelcastClient.newHazelcastClient(client(folder));
        try {
            client.getMap("kv").set("a", "hello");
            client.getMap("documents").set("a", new HazelcastJsonValue("{\"n\": 1}"));
            client.getMap("kv").evict("a");

            assertThat(client.getMap("kv").get("a")).isEqualTo("hello");
            List<Object> rows = Stream.of("shard-1", "shard-2")
                    .map(shard ->
                            new Sql(() -> shards.connect(shards.shard(shard).primary())))
                    .flatMap(sql -> Stream.concat(
                            sql.<Object>column("SELECT value FROM kv.entries").stream(),
                            sql.<Object>column("SELECT value::text FROM documents.entries").stream()))
                    .toList();
            assertThat(rows).containsExactlyInAnyOrder("hello", "{\"n\": 1}");
        } finally {
            client.shutdown();
        }
    }

    private static ClientConfig client(GridFolder folder) {
        ClientConfig config = new ClientConfig().setClusterName("throughline");
        config.getNetworkConfig().setAddresses(folder.memberAddresses());
        config.getConnectionStrategyConfig().getConnectionRetryConfig().setClusterConnectTimeoutMillis(120_000);
        return config;
    }

    /** What docs/stock-member.md says. */
    private static void configure(GridFolder folder) throws IOException {
        Path hazelcastYaml = folder.configDirectory().resolve("hazelcast.yaml");
        Files.writeString(
                hazelcastYaml,
                Files.readString(hazelcastYaml)
                                .replace(
                                        "kv: &written-through\n",
                                        "kv: &written-through\n      split-brain-protection-ref: throughline-majority\n")
                                .replace("hazelcast.shutdownhook.enabled: false", """
                                        hazelcast.shutdownhook.enabled: true
                                            hazelcast.shutdownhook.policy: GRACEFUL""")
                                .replace("hazelcast.logging.type: slf4j", "hazelcast.logging.type: jdk")
                                .replace(
                                        "port: 5701",
                                        "port: " + folder.memberPorts().get(0))
                        + SPLIT_BRAIN_PROTECTION);
        Path throughlineYaml = folder.configDirectory().resolve("throughline.yaml");
        Files.writeString(throughlineYaml, "members: 1\n" + Files.readString(throughlineYaml));
    }

    private static Process start(GridFolder folder) throws IOException {
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Dhazelcast.config=" + folder.configDirectory().resolve("hazelcast.yaml"),
                        "-Dthroughline.config=" + folder.configDirectory().resolve("throughline.yaml"),
                        "-cp",
                        hazelcastJar() + File.pathSeparator + allJar(),
                        "com.hazelcast.core.server.HazelcastMemberStarter")
                .redirectErrorStream(true)
                .redirectOutput(Files.createDirectories(Path.of("target", "grid-logs"))
                        .resolve("stock-member.log")
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
