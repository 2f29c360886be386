package io.throughline.member.faults;

import static java.util.stream.Collectors.toMap;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.hazelcast.core.HazelcastInstance;
import com.hazelcast.map.IMap;
import io.throughline.member.ExitCode;
import io.throughline.member.JvmFlags;
import io.throughline.member.ProcessIdentity;
import io.throughline.member.SharedGrid;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/**
 * An application whose own member stalls in the middle of its puts. Without the fence its threads go on after SIGCONT, and
 * their old value lands on the newest one of every key.
 */
@ExtendWith(SharedGrid.Once.class)
class StalledApplicationTest {

    private static final Duration SOON = Duration.ofSeconds(60);

    private final SharedGrid grid;

    StalledApplicationTest(SharedGrid grid) {
        this.grid = grid;
    }

    @Test
    void what_the_threads_of_a_stalled_application_were_putting_never_lands_and_it_is_told_that_it_was_fenced(
            @TempDir Path folder) throws Exception {
        Path says = folder.resolve("says");
        Process application = start(folder, says);
        ProcessIdentity identity = ProcessIdentity.of(application.toHandle());
        HazelcastInstance client = grid.newClient();
        try {
            await().atMost(SOON).until(() -> Files.exists(says));
            List<String> keys = Files.readAllLines(says);
            IMap<String, String> kv = client.getMap("kv");

            identity.pause();
            await().atMost(SOON).until(() -> client.getCluster().getMembers().size() == 3);
            Map<String, String> newest = keys.stream().collect(toMap(key -> key, key -> "newest"));
            await().atMost(SOON).ignoreExceptions().untilAsserted(() -> kv.putAll(newest));
            identity.resume();

            assertThat(application.waitFor(30, TimeUnit.SECONDS)).isTrue();
            assertThat(application.exitValue()).isEqualTo(ExitCode.FENCED.status());
            assertThat(says).content().startsWith(WritingApplication.ENDED).contains("others have taken its place");
            assertThat(keys).isNotEmpty().allSatisfy(key -> {
                assertThat(grid.sqlOf(key).one("SELECT value FROM kv.entries WHERE key = ?", key))
                        .isEqualTo("newest");
                assertThat(kv.get(key)).isEqualTo("newest");
            });
        } finally {
            client.shutdown();
            identity.kill();
        }
    }

    /** What its threads were putting is to be still wanted when it wakes. */
    private Path patientConfig(Path folder) throws IOException {
        Path config = Files.createDirectory(folder.resolve("config"));
        Files.copy(grid.configDirectory().resolve("hazelcast.yaml"), config.resolve("hazelcast.yaml"));
        Files.writeString(
                config.resolve("throughline.yaml"),
                Files.readString(grid.configDirectory().resolve("throughline.yaml")) + "write: {timeout: 2m}\n");
        return config;
    }

    private Process start(Path folder, Path says) throws IOException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(JvmFlags.member());
        command.addAll(List.of("-Xmx256m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"));
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), WritingApplication.class.getName()));
        command.addAll(List.of(patientConfig(folder).toString(), says.toString()));
        return new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("log").toFile())
                .start();
    }
}
