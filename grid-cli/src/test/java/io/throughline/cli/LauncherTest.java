package io.throughline.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.throughline.cli.fixture.Launcher;
import io.throughline.cli.fixture.Result;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LauncherTest {

    @TempDir
    private Path home = Path.of("");

    private static final String OWN_JAVA = System.getProperty("java.home");

    @Test
    void what_was_built_runs_at_once_and_its_output_is_the_commands_alone() {
        Result result = Launcher.install(home).run("size", "--json").expect(ExitCode.DONE);

        assertThat(result.json().path("entries").asInt()).isEqualTo(12_500);
        assertThat(result.err()).isEmpty();
    }

    @Test
    void exit_codes_of_commands_are_the_scripts() {
        Launcher launcher = Launcher.install(home);

        assertThat(launcher.run("status", "--dir", home.resolve("none").toString())
                        .status())
                .isEqualTo(ExitCode.NOT_RUNNING.status());
        assertThat(launcher.run("nonsense").status()).isEqualTo(ExitCode.USAGE.status());
    }

    @Test
    void every_jvm_gets_the_flag_against_a_thread_for_each_callback() throws IOException {
        Launcher launcher = Launcher.install(home);
        Path bin = launcher.program("java", "echo \"$@\"");

        Result result = launcher.run(Map.of("JAVA_HOME", "", "PATH", bin + ":/usr/bin:/bin"), "put", "kv", "a b", "c");

        assertThat(result.out())
                .contains("-Djava.util.concurrent.ForkJoinPool.common.parallelism=4")
                .contains("-XX:TieredStopAtLevel=1")
                .contains("GridMain put kv a b c");
    }

    @Test
    void without_java_it_says_what_to_install() throws IOException {
        Launcher launcher = Launcher.install(home);
        Path bin = launcher.program("dirname", "exec /usr/bin/dirname \"$@\"");
        launcher.program("bash", "exec /bin/bash \"$@\"");

        Result result = launcher.run(Map.of("JAVA_HOME", "", "PATH", bin.toString()), "status")
                .expect(ExitCode.FAILED);

        assertThat(result.err()).contains("JDK 17");
    }

    @Test
    void an_old_java_is_named_before_anything_is_built() throws IOException {
        Launcher launcher = Launcher.bare(home);
        Path bin = launcher.program("java", "echo '    java.specification.version = 11' >&2");

        Result result = launcher.run(Map.of("JAVA_HOME", "", "PATH", bin + ":/usr/bin:/bin"), "status")
                .expect(ExitCode.FAILED);

        assertThat(result.err()).contains("is Java 11").contains("JDK 17");
    }

    @Test
    void a_build_that_fails_shows_its_errors_and_where_the_rest_is() throws IOException {
        Launcher launcher = Launcher.bare(home);
        Path bin = launcher.program("mvn", "echo '[INFO] fine'; echo '[ERROR] Foo.java:[1,2] nonsense'; exit 1");

        Result result = launcher.run(path(bin), "status").expect(ExitCode.FAILED);

        assertThat(result.err())
                .contains("[ERROR] Foo.java:[1,2] nonsense")
                .contains("the build failed")
                .contains("target/grid/build.log")
                .doesNotContain("fine");
        assertThat(result.out()).isEmpty();
    }

    @Test
    void it_is_built_on_first_use_and_again_when_a_source_is_newer() throws IOException {
        Launcher launcher = Launcher.bare(home);
        Path bin = launcher.program("mvn", """
                echo '[INFO] Building Throughline bench 0.1.0-SNAPSHOT        [6/6]'
                mkdir -p torture/target/lib && echo jar > torture/target/torture.jar && echo jar > torture/target/lib/a.jar
                echo built >> builds""");
        launcher.program(
                "java", "echo \"$@\" | grep -q XshowSettings && echo 'java.specification.version = 17' >&2; exit 0");
        launcher.program("javac", "exit 0");
        Map<String, String> environment = Map.of("JAVA_HOME", "", "PATH", bin + ":/usr/bin:/bin");

        Result first = launcher.run(environment, "status").expect(ExitCode.DONE);
        launcher.run(environment, "status").expect(ExitCode.DONE);
        assertThat(first.err()).contains("Building Throughline: Throughline bench");
        assertThat(home.resolve("builds")).hasContent("built");

        launcher.editSource();
        launcher.run(environment, "status").expect(ExitCode.DONE);
        assertThat(Files.readAllLines(home.resolve("builds"))).hasSize(2);
    }

    @Test
    void what_maven_has_just_made_is_not_made_again_unless_a_jar_is_another_or_a_source_is_newer() throws IOException {
        Launcher launcher = Launcher.bare(home);
        Path bin = launcher.program("mvn", "echo built >> builds");
        launcher.program(
                "java", "echo \"$@\" | grep -q XshowSettings && echo 'java.specification.version = 17' >&2; exit 0");
        launcher.program("javac", "exit 0");
        Map<String, String> environment = Map.of("JAVA_HOME", "", "PATH", bin + ":/usr/bin:/bin");
        Path jar = file("local-postgres/target/local-postgres-0.1.0-SNAPSHOT.jar", "jar");
        file("torture/target/lib/local-postgres-0.1.0-SNAPSHOT.jar", "jar");
        file("torture/target/torture.jar", "jar");

        launcher.run(environment, "status").expect(ExitCode.DONE);
        assertThat(home.resolve("builds")).doesNotExist();
        assertThat(home.resolve("target/grid/current/lib/local-postgres-0.1.0-SNAPSHOT.jar"))
                .hasContent("jar");

        Files.delete(home.resolve("target/grid/current"));
        Files.writeString(jar, "another");
        launcher.run(environment, "status").expect(ExitCode.DONE);
        assertThat(home.resolve("builds")).hasContent("built");

        Files.writeString(jar, "jar");
        launcher.editSource();
        launcher.run(environment, "status").expect(ExitCode.DONE);
        assertThat(Files.readAllLines(home.resolve("builds"))).hasSize(2);
    }

    private Path file(String name, String content) throws IOException {
        Path file = home.resolve(name);
        Files.createDirectories(file.getParent());
        return Files.writeString(file, content);
    }

    private static Map<String, String> path(Path bin) {
        return Map.of("JAVA_HOME", OWN_JAVA, "PATH", bin + ":" + OWN_JAVA + "/bin:/usr/bin:/bin");
    }
}
