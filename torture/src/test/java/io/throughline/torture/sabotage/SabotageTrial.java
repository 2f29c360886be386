package io.throughline.torture.sabotage;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The torture on a product that was broken on purpose, two minutes each: it must find it, and nothing in the same torture of the
 * whole product. Not among CI's tests, which it would double; {@code -Dtest=SabotageTrial}, with
 * {@code -Dthroughline.sabotage=row-guard} for one alone, {@code -Dthroughline.sabotage.seconds=60} for shorter ones.
 */
final class SabotageTrial {

    private static final List<String> OPTIONS =
            List.of("--seconds=" + Integer.getInteger("throughline.sabotage.seconds", 110), "--seed=1");
    private static final Path FOLDER = Path.of("target", "sabotage");
    private static final Pattern KEPT = Pattern.compile("What the run left is in ([^;]+);");

    static Stream<Sabotage> sabotages() {
        String one = System.getProperty("throughline.sabotage", "");
        return one.isEmpty() ? Stream.of(Sabotage.values()) : Stream.of(Sabotage.named(one));
    }

    @ParameterizedTest
    @MethodSource("sabotages")
    void the_torture_finds_it(Sabotage sabotage) throws Exception {
        Path out = FOLDER.resolve(sabotage.text() + ".txt");
        int exitCode = run(SabotagedTorture.broken(sabotage, OPTIONS), out);

        deleteWhatWasKept(Files.readString(out));
        assertThat(exitCode).as("see %s", out.toAbsolutePath()).isEqualTo(1);
    }

    @ParameterizedTest
    @MethodSource("sabotages")
    void the_same_torture_finds_nothing_without_it(Sabotage sabotage) throws Exception {
        Path out = FOLDER.resolve(sabotage.text() + "-whole.txt");

        int exitCode = run(SabotagedTorture.whole(sabotage, OPTIONS), out);

        assertThat(exitCode).as("see %s", out.toAbsolutePath()).isZero();
    }

    private static int run(ProcessBuilder torture, Path out) throws IOException, InterruptedException {
        Files.createDirectories(FOLDER);
        Process process =
                torture.redirectErrorStream(true).redirectOutput(out.toFile()).start();
        boolean inTime = process.waitFor(8, TimeUnit.MINUTES);
        process.destroy();
        assertThat(inTime).as("it ends, see %s", out.toAbsolutePath()).isTrue();
        return process.exitValue();
    }

    /** A run that found something keeps its grid. */
    private static void deleteWhatWasKept(String out) throws IOException {
        Matcher kept = KEPT.matcher(out);
        if (kept.find()) {
            try (Stream<Path> files = Files.walk(Path.of(kept.group(1)))) {
                for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(file);
                }
            }
        }
    }
}
