package io.throughline.bench.cost;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.throughline.cli.CommandFailed;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Asks a JVM of its own, since none may attach to itself. */
final class AllocatedBytesTest {

    private static final long MIB = 1 << 20;

    /** What asking, and reading an order, comes to. */
    private static final long SOME = MIB / 2;

    private final Process jvm;

    AllocatedBytesTest() throws IOException {
        jvm = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx64m",
                        "-XX:+UseSerialGC",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Allocating.class.getName())
                .redirectError(Redirect.INHERIT)
                .start();
        order('m', 1); // until it runs, an attach may meet the socket that an earlier process of this id has left
    }

    /** With its input, in order: killed, it would leave that socket. */
    @AfterEach
    void end() throws IOException, InterruptedException {
        jvm.getOutputStream().close();
        jvm.waitFor();
    }

    private void order(char what, int times) throws IOException {
        for (int each = 0; each < times; each++) {
            jvm.getOutputStream().write(what);
            jvm.getOutputStream().flush();
            assertThat(jvm.getInputStream().read()).isEqualTo('.');
        }
    }

    @Test
    void what_a_jvm_allocates_is_counted_to_the_mebibyte_over_collections() throws IOException {
        try (AllocatedBytes allocated = AllocatedBytes.of(jvm.pid())) {
            allocated.total();
            long before = allocated.total();

            order('m', 200); // with a heap of 64

            assertThat(allocated.total() - before).isBetween(200 * MIB, 200 * MIB + SOME);
        }
    }

    @Test
    void a_thread_that_ends_takes_nothing_back() throws IOException {
        try (AllocatedBytes allocated = AllocatedBytes.of(jvm.pid())) {
            allocated.total();
            long before = allocated.total();

            order('t', 1);
            long during = allocated.total();
            order('e', 1);

            assertThat(during - before).isBetween(MIB, MIB + SOME);
            assertThat(allocated.total()).isBetween(during, during + SOME);
        }
    }

    @Test
    void a_jvm_that_has_ended_is_named() throws IOException, InterruptedException {
        try (AllocatedBytes allocated = AllocatedBytes.of(jvm.pid())) {
            end();

            assertThatThrownBy(allocated::total)
                    .isInstanceOf(CommandFailed.class)
                    .hasMessageContaining("Process " + jvm.pid());
        }
        assertThatThrownBy(() -> AllocatedBytes.of(jvm.pid()))
                .isInstanceOf(CommandFailed.class)
                .hasMessageContaining("Process " + jvm.pid());
    }
}
