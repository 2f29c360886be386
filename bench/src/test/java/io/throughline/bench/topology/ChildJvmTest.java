package io.throughline.bench.topology;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.throughline.bench.peers.MainThread;
import io.throughline.cli.CommandFailed;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ChildJvmTest {

    @TempDir
    Path folder = Path.of("");

    private ChildJvm start(Class<?> main) {
        return ChildJvm.start(List.of(), ClassPaths.own(), "32m", main.getName(), List.of(), log());
    }

    private Path log() {
        return folder.resolve("child.log");
    }

    /** Says nothing, and ends with its standard input. */
    static final class Silent {

        private Silent() {}

        public static void main(String[] arguments) throws IOException {
            while (System.in.read() >= 0) {
                // Nothing is said to it.
            }
        }
    }

    @Test
    void a_child_that_says_nothing_is_killed_when_its_time_is_over() {
        try (ChildJvm child = start(Silent.class)) {
            assertThatExceptionOfType(CommandFailed.class)
                    .isThrownBy(() -> child.awaitLine("its start", Duration.ofSeconds(1)))
                    .satisfies(failed -> assertThat(failed.text())
                            .isEqualTo("Process " + child.pid() + " (ChildJvmTest$Silent) took longer than 1 s for its"
                                    + " start and was killed; " + log() + " may say why."));
        }
    }

    /** Throws while another thread of its own would keep it alive. */
    static final class Throwing {

        private Throwing() {}

        public static void main(String[] arguments) {
            MainThread.endsItsJvm();
            new Thread(Throwing::waitForever).start();
            throw new IllegalStateException("a pool can't be opened");
        }

        private static void waitForever() {
            try {
                new CountDownLatch(1).await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }

    @Test
    void a_child_that_throws_ends_though_other_threads_of_it_go_on() {
        try (ChildJvm child = start(Throwing.class)) {
            assertThatExceptionOfType(CommandFailed.class)
                    .isThrownBy(() -> child.awaitLine("its start", Duration.ofMinutes(1)))
                    .satisfies(failed ->
                            assertThat(failed.text()).contains("ended").contains(log().toString()));
        }
        assertThat(log()).content().contains("IllegalStateException: a pool can't be opened");
    }
}
