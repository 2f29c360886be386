package io.throughline.member;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ProcessIdentityTest {

    private Process process;
    private ProcessIdentity identity;

    @BeforeEach
    void a_process_that_waits() throws IOException {
        process = new ProcessBuilder("sleep", "60").start();
        identity = ProcessIdentity.of(process.toHandle());
    }

    @AfterEach
    void end() {
        process.destroyForcibly();
    }

    @Test
    void it_ends_by_a_request() {
        identity.terminate();

        assertThat(identity.awaitEnd(Duration.ofSeconds(5))).isTrue();
        assertThat(identity.isAlive()).isFalse();
    }

    @Test
    void another_process_with_the_same_pid_gets_no_signal() throws InterruptedException {
        ProcessIdentity earlier =
                new ProcessIdentity(identity.pid(), identity.started().minusSeconds(1));

        earlier.kill();
        earlier.terminate();
        earlier.pause();

        assertThat(earlier.isAlive()).isFalse();
        assertThat(process.waitFor(200, TimeUnit.MILLISECONDS)).isFalse();
        assertThat(identity.isAlive()).isTrue();
    }

    @Test
    void it_stands_still_between_pause_and_resume() throws IOException {
        Path stat = Path.of("/proc", Long.toString(identity.pid()), "stat");
        assumeTrue(Files.exists(stat), "only Linux tells a process's state in /proc");

        identity.pause();
        await().untilAsserted(() -> assertThat(Files.readString(stat)).contains(") T "));
        assertThat(identity.isAlive()).isTrue();

        identity.resume();
        await().untilAsserted(() -> assertThat(Files.readString(stat)).contains(") S "));
    }

    @Test
    void signals_to_one_that_is_gone_do_nothing() {
        identity.kill();
        assertThat(identity.awaitEnd(Duration.ofSeconds(5))).isTrue();

        identity.kill();
        identity.terminate();
        identity.pause();
        identity.resume();

        assertThat(identity.isAlive()).isFalse();
    }
}
