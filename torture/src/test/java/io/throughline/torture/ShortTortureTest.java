package io.throughline.torture;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.throughline.cli.GridMain;
import io.throughline.torture.nemesis.FaultName;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The torture as a build can afford it: one seed, each fault that this machine allows once. */
final class ShortTortureTest {

    private static final String SEED = "8";

    @TempDir
    private Path folder;

    @Test
    void each_fault_once_and_every_promise_kept() throws Exception {
        // The three that follow are aimed at one mechanism each: SabotageTrial has them.
        List<String> faults = EnumSet.range(FaultName.KILL_MEMBER, FaultName.CLOCK).stream()
                .filter(ShortTortureTest::canBeHad)
                .map(FaultName::text)
                .toList();
        Path page = folder.resolve("torture.html");
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();

        int exitCode = GridMain.commandLine()
                .setOut(new PrintWriter(out))
                .setErr(new PrintWriter(err))
                .execute(
                        "torture",
                        "--once",
                        "--seconds=600",
                        "--seed=" + SEED,
                        "--clients=java,java,resilient,resilient,embedded",
                        "--faults=" + String.join(",", faults),
                        "--html=" + page,
                        "--json");
        System.out.println(err + out.toString());

        assertThat(exitCode).as(err + out.toString()).isZero();
        JsonNode report = new ObjectMapper().readTree(out.toString());
        List<String> met = new ArrayList<>();
        report.path("faults").forEach(fault -> met.add(fault.path("name").asText()));
        assertThat(met).containsExactlyInAnyOrderElementsOf(faults);
        assertThat(report.path("operations").intValue()).isGreaterThan(5_000);
        assertThat(report.path("nodesRead").intValue()).isEqualTo(6);
        assertThat(Files.readString(page)).contains("<html");
        assertThat(Path.of(report.path("folder").asText()))
                .as("nothing is left")
                .isEqualTo(Path.of(""));
    }

    private static boolean canBeHad(FaultName fault) {
        boolean can = Obstacles.to(fault).isEmpty();
        if (!can) {
            System.out.println(
                    "left out: " + fault.text() + ", " + Obstacles.to(fault).orElseThrow());
        }
        return can;
    }
}
