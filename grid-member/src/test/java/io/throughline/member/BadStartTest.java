package io.throughline.member;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Each start that can't succeed ends with one line that says what to correct, and an exit code of its own. */
@ExtendWith(SharedGrid.Once.class)
class BadStartTest {

    private static final Duration PATIENCE = Duration.ofMinutes(2);

    @TempDir
    Path config;

    private final SharedGrid grid;

    BadStartTest(SharedGrid grid) {
        this.grid = grid;
    }

    @BeforeEach
    void copy_the_configuration() throws IOException {
        for (String file : List.of("hazelcast.yaml", "throughline.yaml")) {
            Files.copy(grid.configDirectory().resolve(file), config.resolve(file));
        }
    }

    @Test
    void an_unknown_option_is_a_usage_error() throws IOException {
        MemberProcess member = builder().argument("--prot").argument("5701").start();

        assertThat(member.exitCode().join()).isEqualTo(ExitCode.USAGE.status());
        assertThat(Files.readString(member.log())).contains("--prot").contains("Usage: grid-member");
    }

    @Test
    void a_failed_start_is_one_line_and_no_stack_trace() throws IOException {
        Files.delete(config.resolve("hazelcast.yaml"));
        MemberProcess member = builder().start();

        assertThat(member.exitCode().join()).isEqualTo(ExitCode.CONFIG.status());
        assertThat(Files.readString(member.log()).lines())
                .singleElement()
                .asString()
                .startsWith("grid-member: " + config.resolve("hazelcast.yaml") + " is missing");
    }

    @Test
    void verbose_adds_the_stack_trace() throws IOException {
        Files.delete(config.resolve("hazelcast.yaml"));
        MemberProcess member = builder().argument("--verbose").start();

        assertThat(member.exitCode().join()).isEqualTo(ExitCode.CONFIG.status());
        assertThat(Files.readString(member.log())).contains("\tat io.throughline.member.");
    }

    @Test
    void an_ended_start_tells_its_reason_to_whoever_awaits_it() throws IOException {
        Files.writeString(config.resolve("hazelcast.yaml"), "hazelcast:\n  cluster-nam: throughline\n");
        MemberProcess member = builder().start();

        assertThatThrownBy(() -> member.awaitReady(PATIENCE))
                .isInstanceOfSatisfying(
                        MemberNotReadyException.class,
                        e -> assertThat(e.exitStatus()).hasValue(ExitCode.CONFIG.status()))
                .hasMessageContaining("cluster-nam");
    }

    @Test
    void throughline_yaml_is_checked_before_anything_is_joined() throws IOException {
        edit("throughline.yaml", "database:", "databas:");

        refuses(settings(null, 0), ExitCode.CONFIG, "throughline.yaml", "databas");
    }

    @Test
    void an_unsafe_setting_of_a_map_is_refused() throws IOException {
        edit("hazelcast.yaml", "write-delay-seconds: 0", "write-delay-seconds: 1");

        refuses(settings(null, 0), ExitCode.START_REFUSED, "map.kv.map-store.write-delay-seconds is 1");
    }

    @Test
    void another_partition_count_is_refused() throws IOException {
        edit("hazelcast.yaml", "hazelcast.partition.count: 271", "hazelcast.partition.count: 31");

        refuses(settings(null, 0), ExitCode.START_REFUSED, "hazelcast.partition.count is 31");
    }

    @Test
    void a_shard_that_no_one_serves_is_refused_and_named() throws IOException {
        Files.writeString(
                config.resolve("throughline.yaml"),
                Files.readString(config.resolve("throughline.yaml"))
                                .replaceAll("shard-2: .*", "shard-2: {hosts: [\"127.0.0.1:1\"]}")
                        + "connections: {start-timeout: 1s, connect-timeout: 1s}\n");

        refuses(settings(null, 0), ExitCode.START_REFUSED, "shard-2", "127.0.0.1:1");
    }

    @Test
    void a_members_port_in_use_is_named_with_its_option() throws IOException {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            refuses(
                    settings(taken.getLocalPort(), 0),
                    ExitCode.PORT_IN_USE,
                    "127.0.0.1:" + taken.getLocalPort(),
                    "--port");
        }
    }

    @Test
    void a_health_port_in_use_is_named_with_its_option() {
        URI taken = grid.member(1).healthUrl();

        refuses(settings(null, taken.getPort()), ExitCode.PORT_IN_USE, "127.0.0.1:" + taken.getPort(), "--health-port");
    }

    @Test
    void no_refusal_shows_a_password() throws IOException {
        Path secret = config.resolve("wrong.password");
        Files.writeString(secret, "not-the-password");
        Files.setPosixFilePermissions(secret, PosixFilePermissions.fromString("rw-------"));
        String yaml = Files.readString(config.resolve("throughline.yaml"));
        Files.writeString(
                config.resolve("throughline.yaml"), yaml.replaceFirst("password-file: .*", "password-file: " + secret));

        assertThatThrownBy(() -> GridMember.start(settings(null, 0)))
                .isInstanceOf(MemberStartException.class)
                .hasMessageContaining("shard-")
                .matches(e -> !stackTrace(e).contains("not-the-password"));
    }

    private static String stackTrace(Throwable failure) {
        StringWriter text = new StringWriter();
        failure.printStackTrace(new PrintWriter(text));
        return text.toString();
    }

    private void edit(String file, String from, String to) throws IOException {
        Path path = config.resolve(file);
        String text = Files.readString(path);
        assertThat(text).contains(from);
        Files.writeString(path, text.replaceFirst(Pattern.quote(from), to));
    }

    private static void refuses(MemberSettings settings, ExitCode code, String... named) {
        assertThatThrownBy(() -> GridMember.start(settings))
                .isInstanceOfSatisfying(
                        MemberStartException.class,
                        e -> assertThat(e.exitCode()).isEqualTo(code))
                .hasMessageContainingAll(named);
    }

    private MemberSettings settings(@Nullable Integer port, int healthPort) {
        return new MemberSettings(config, "bad", null, port, List.of(), "127.0.0.1", healthPort, null);
    }

    private MemberProcessBuilder builder() {
        return MemberProcess.builder(config).name("bad").home(config.resolve("home"));
    }
}
