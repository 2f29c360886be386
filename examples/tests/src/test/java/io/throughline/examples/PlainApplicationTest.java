package io.throughline.examples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.throughline.examples.plain.PlainApplication;
import io.throughline.member.JvmFlags;
import io.throughline.member.SharedGrid;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** In a JVM of its own, as an operator starts it. */
@ExtendWith(SharedGrid.Once.class)
class PlainApplicationTest {

    private static final Path LOG = Path.of("target", "plain-application.log");

    @Test
    void it_joins_stores_reads_and_leaves_in_order(SharedGrid grid) throws Exception {
        String key = grid.freshKey();
        Process application = start(grid.configDirectory());
        try (var questions = application.outputWriter();
                var answers = application.inputReader()) {
            questions.write(key + "=from the application\n" + key + "\n");
            questions.flush();

            assertThat(answers.readLine()).isEqualTo("stored " + key);
            assertThat(answers.readLine()).isEqualTo("from the application");
            assertThat(grid.client().getMap("kv").get(key)).isEqualTo("from the application");
            assertThat(grid.sqlOf(key).one("SELECT value FROM kv.entries WHERE key = ?", key))
                    .isEqualTo("from the application");
            await().atMost(Duration.ofSeconds(20))
                    .untilAsserted(() ->
                            assertThat(grid.client().getCluster().getMembers()).hasSize(4));
        } finally {
            boolean ended = application.waitFor(30, TimeUnit.SECONDS);
            application.destroyForcibly();
            assertThat(ended).as("its input has ended, so it ends").isTrue();
        }

        assertThat(application.exitValue()).isZero();
        await().atMost(Duration.ofSeconds(20))
                .untilAsserted(() ->
                        assertThat(grid.client().getCluster().getMembers()).hasSize(3));
        assertThat(Files.readString(LOG)).doesNotContain("ERROR");
    }

    private static Process start(Path folder) {
        List<String> command = new ArrayList<>(
                List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString()));
        command.addAll(JvmFlags.member());
        command.addAll(List.of("-Xmx256m", "-XX:TieredStopAtLevel=1", "-cp", System.getProperty("java.class.path")));
        command.addAll(List.of(PlainApplication.class.getName(), folder.toString()));
        try {
            return new ProcessBuilder(command).redirectError(LOG.toFile()).start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
