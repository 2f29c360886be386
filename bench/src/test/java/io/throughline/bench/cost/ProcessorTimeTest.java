package io.throughline.bench.cost;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

final class ProcessorTimeTest {

    private static final List<Long> SELF = List.of(ProcessHandle.current().pid());

    @Test
    void the_time_of_a_process_grows_by_what_it_computes() {
        Assumptions.assumeTrue(Files.exists(Path.of("/proc/self/stat")), "counted on Linux only");
        double before = ProcessorTime.of(SELF);

        long end = System.nanoTime() + 300_000_000L;
        double sum = 0;
        while (System.nanoTime() < end) {
            sum += Math.sqrt(sum + 1);
        }

        assertThat(sum).isPositive();
        assertThat(ProcessorTime.of(SELF) - before).isBetween(0.01, 10.0);
    }

    @Test
    void children_count_also_when_they_have_ended() throws IOException, InterruptedException {
        Assumptions.assumeTrue(Files.exists(Path.of("/proc/self/stat")), "counted on Linux only");
        double before = ProcessorTime.withChildren(SELF) - ProcessorTime.of(SELF);

        Process child =
                new ProcessBuilder("/bin/sh", "-c", "i=0; while [ $i -lt 200000 ]; do i=$((i+1)); done").start();
        assertThat(child.waitFor()).isZero();

        assertThat(ProcessorTime.withChildren(SELF) - ProcessorTime.of(SELF) - before)
                .isGreaterThan(0.01);
    }

    @Test
    void a_process_that_is_gone_counts_nothing() {
        assertThat(ProcessorTime.of(List.of(Long.MAX_VALUE))).isZero();
    }
}
