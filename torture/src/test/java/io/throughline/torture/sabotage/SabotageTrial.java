package io.throughline.torture.sabotage;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The torture on a product that was broken on purpose, two minutes each: it must find it. Not among CI's tests, which it would
 * double; {@code -Dtest=SabotageTrial}, with {@code -Dthroughline.sabotage=row-guard} for one alone.
 */
final class SabotageTrial {

    private static final String SECONDS = "110";
    private static final Pattern KEPT = Pattern.compile("What the run left is in ([^;]+);");

    @TempDir
    private Path folder;

    static Stream<Sabotage> sabotages() {
        String one = System.getProperty("throughline.sabotage", "");
        return one.isEmpty() ? Stream.of(Sabotage.values()) : Stream.of(Sabotage.named(one));
    }

    @ParameterizedTest
    @MethodSource("sabotages")
    void the_torture_finds_it(Sabotage sabotage) throws Exception {
        Path agent = agent();
        Path out = Files.createDirectories(Path.of("target", "sabotage"))
                .resolve(sabotage.name().toLowerCase(Locale.ROOT) + ".txt");
        ProcessBuilder torture = new ProcessBuilder(List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        "io.throughline.cli.GridMain",
                        "torture",
                        "--seconds=" + SECONDS,
                        "--seed=1",
                        "--clients=java,java,resilient,resilient,resilient",
                        "--faults=" + String.join(",", sabotage.faults())))
                .redirectErrorStream(true)
                .redirectOutput(out.toFile());
        // Members are started by that JVM and take this over.
        torture.environment().put("JAVA_TOOL_OPTIONS", "-javaagent:" + agent + "=" + sabotage.name());

        Process process = torture.start();
        assertThat(process.waitFor(6, TimeUnit.MINUTES)).isTrue();

        deleteWhatWasKept(Files.readString(out));
        assertThat(process.exitValue()).as("see %s", out.toAbsolutePath()).isEqualTo(1);
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

    /** A jar of the agent's classes. */
    private Path agent() throws IOException {
        Manifest manifest = new Manifest();
        manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
        manifest.getMainAttributes().putValue("Premain-Class", SabotageAgent.class.getName());
        Path jar = folder.resolve("agent.jar");
        try (OutputStream file = Files.newOutputStream(jar);
                JarOutputStream classes = new JarOutputStream(file, manifest)) {
            classes.flush();
        }
        return jar;
    }
}
