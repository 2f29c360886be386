package io.throughline.cli;

import static io.throughline.cli.fixture.InProcess.grid;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.hazelcast.client.HazelcastClient;
import com.hazelcast.core.HazelcastInstance;
import io.throughline.cli.fixture.Grids;
import io.throughline.cli.fixture.Launcher;
import io.throughline.cli.fixture.Result;
import io.throughline.cli.fixture.SharedGrid;
import io.throughline.cli.folder.GridDirectory;
import io.throughline.cli.folder.MemberProcesses;
import io.throughline.localpostgres.Secrets;
import io.throughline.member.MemberState;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Arrays;
import java.util.Collection;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.extension.ExtendWith;
import org.postgresql.ds.PGSimpleDataSource;

/** The life of one {@code up}: what it brings back, what outlives it, how it ends. In order, as each start costs seconds. */
@ExtendWith(Grids.class)
@TestInstance(Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class UpTest {

    private static final Duration SOON = Duration.ofSeconds(90);

    private final SharedGrid beside;
    private final Path home = Grids.newFolder();
    private final Launcher launcher = Launcher.install(home);
    private final Path dir = home.resolve("data");
    private Process up = startUp();

    UpTest(SharedGrid beside) {
        this.beside = beside;
    }

    private Process startUp() {
        try {
            return launcher.start(
                    Map.of("GRID_DIR", dir.toString()),
                    home.resolve("up.out"),
                    home.resolve("up.err"),
                    "up",
                    "--shards=1",
                    "--members=2");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Result run(String... arguments) {
        String[] withDirectory = Arrays.copyOf(arguments, arguments.length + 2);
        withDirectory[arguments.length] = "--dir";
        withDirectory[arguments.length + 1] = dir.toString();
        return grid(withDirectory);
    }

    private JsonNode status() {
        return run("status", "--json").json();
    }

    @BeforeAll
    void awaitReady() {
        await().atMost(SOON).until(() -> {
            assertThat(up.isAlive()).as(said()).isTrue();
            return run("status").status() == ExitCode.DONE.status();
        });
    }

    private String said() {
        try {
            return Files.readString(home.resolve("up.out")) + Files.readString(home.resolve("up.err"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @AfterAll
    void destroy() {
        up.destroyForcibly();
        Grids.destroy(launcher, home);
    }

    @Test
    @Order(1)
    void two_grids_run_side_by_side_and_know_nothing_of_each_other() {
        assertThat(status().path("members").findValuesAsText("address"))
                .doesNotContainAnyElementsOf(
                        beside.grid("status", "--json").json().path("members").findValuesAsText("address"));
        HazelcastInstance client = HazelcastClient.newHazelcastClient(
                RunningGrid.in(GridDirectory.at(dir)).clientConfig());
        try {
            assertThat(client.getCluster().getMembers()).hasSize(2);
        } finally {
            client.shutdown();
        }
        run("put", "kv", "a", "kept").expect(ExitCode.DONE);
        beside.grid("get", "kv", "a").expect(ExitCode.NO);
    }

    @Test
    @Order(2)
    void a_member_that_is_killed_is_started_again_at_its_address() {
        JsonNode before = status().path("members").path(1);
        ProcessHandle member =
                Objects.requireNonNull(MemberProcesses.of(GridDirectory.at(dir)).get("member-2"));
        assertThat(member.pid()).isEqualTo(before.path("pid").asLong());

        member.destroyForcibly();

        await().atMost(SOON).untilAsserted(() -> {
            JsonNode after = status().path("members").path(1);
            assertThat(after.path("pid").asLong())
                    .isNotEqualTo(before.path("pid").asLong());
            assertThat(after.path("ready").asBoolean()).isTrue();
            assertThat(after.path("address")).isEqualTo(before.path("address"));
        });
        assertThat(home.resolve("up.out")).content().contains("member-2        ended with exit code 137");
    }

    /** Two that start at the same moment may each believe to be the first: then there are two clusters, until they merge. */
    @Test
    @Order(3)
    void of_members_that_are_killed_together_the_second_waits_until_the_first_has_joined() {
        GridDirectory directory = GridDirectory.at(dir);
        Collection<ProcessHandle> killed = MemberProcesses.of(directory).values();
        killed.forEach(ProcessHandle::destroyForcibly);
        killed.forEach(member -> member.onExit().join());

        await().atMost(SOON).pollInterval(Duration.ofMillis(20)).until(() -> {
            Map<String, ProcessHandle> alive = MemberProcesses.of(directory);
            boolean oneHasJoined = alive.entrySet().stream()
                    .anyMatch(member -> hasJoined(directory.member(member.getKey()), member.getValue()));
            assertThat(alive).hasSizeLessThanOrEqualTo(oneHasJoined ? 2 : 1);
            return alive.size() == 2;
        });
        awaitReady();
    }

    private static boolean hasJoined(Path home, ProcessHandle member) {
        return MemberState.read(home.resolve("state.json"))
                .filter(state -> state.pid() == member.pid())
                .filter(state -> !state.member().isEmpty())
                .isPresent();
    }

    @Test
    @Order(4)
    void a_member_that_others_have_fenced_is_back_within_30_seconds() throws SQLException {
        JsonNode before = status().path("members").path(0);

        fence(before.path("address").asText());

        await().atMost(Duration.ofSeconds(30)).untilAsserted(() -> {
            JsonNode after = status().path("members").path(0);
            assertThat(after.path("pid").asLong())
                    .isNotEqualTo(before.path("pid").asLong());
            assertThat(after.path("ready").asBoolean()).isTrue();
        });
        assertThat(home.resolve("up.out")).content().contains("member-1        ended with exit code 76");
    }

    private void fence(String address) throws SQLException {
        PGSimpleDataSource shard = new PGSimpleDataSource();
        shard.setURL("jdbc:postgresql://"
                + status().path("shards").path(0).path("primary").asText() + "/throughline");
        shard.setUser("throughline");
        shard.setPassword(
                Secrets.read(GridDirectory.at(dir).postgres().resolve("secrets").resolve("throughline.password")));
        try (Connection connection = shard.getConnection();
                PreparedStatement fence = connection.prepareStatement(
                        "UPDATE throughline.writer SET fenced = true WHERE address = ? AND NOT fenced")) {
            fence.setString(1, address);
            assertThat(fence.executeUpdate()).isEqualTo(1);
        }
    }

    @Test
    @Order(5)
    void a_primary_that_is_killed_is_replaced_and_comes_back_as_a_standby() {
        JsonNode before = status().path("shards").path(0);
        String primary = before.path("primary").asText();
        before.path("nodes").forEach(node -> {
            if (node.path("address").asText().equals(primary)) {
                ProcessHandle.of(node.path("pid").asLong()).ifPresent(ProcessHandle::destroyForcibly);
            }
        });

        Path export = home.resolve("during-failover.csv");
        run("export", "kv", export.toString()).expect(ExitCode.DONE);
        assertThat(export).content().contains("a,kept");
        await().atMost(SOON).untilAsserted(() -> {
            JsonNode after = status().path("shards").path(0);
            assertThat(after.path("primary").asText()).isNotEmpty().isNotEqualTo(primary);
            assertThat(after.path("synchronousStandbys").asInt()).isEqualTo(2);
        });
        await().atMost(SOON).until(() -> run("put", "kv", "b", "after").status() == ExitCode.DONE.status());
        assertThat(run("get", "kv", "a").expect(ExitCode.DONE).out()).contains("kept");
    }

    @Test
    @Order(6)
    void an_up_that_is_killed_leaves_a_grid_that_the_next_one_takes_over() throws InterruptedException {
        await().atMost(SOON).until(() -> run("status").status() == ExitCode.DONE.status());
        Map<String, ProcessHandle> orphans = MemberProcesses.of(GridDirectory.at(dir));
        up.destroyForcibly().waitFor();

        assertThat(run("status").expect(ExitCode.DONE).out()).contains("no './grid up' watches");
        run("put", "kv", "c", "meanwhile").expect(ExitCode.DONE);
        up = startUp();

        await().atMost(SOON).untilAsserted(() -> {
            assertThat(up.isAlive()).isTrue();
            JsonNode status = status();
            assertThat(status.path("ready").asBoolean()).isTrue();
            assertThat(status.path("upPid").asLong()).isEqualTo(up.pid());
        });
        assertThat(orphans.values()).noneMatch(ProcessHandle::isAlive);
        assertThat(MemberProcesses.of(GridDirectory.at(dir))).hasSize(2);
        assertThat(home.resolve("up.out")).content().contains("left over from an earlier ./grid up");
        assertThat(run("get", "kv", "c").expect(ExitCode.DONE).out()).contains("meanwhile");
    }

    @Test
    @Order(7)
    void a_signal_stops_everything_in_order_with_exit_code_0() throws InterruptedException {
        up.destroy();

        assertThat(up.waitFor(SOON.toSeconds(), TimeUnit.SECONDS)).isTrue();
        assertThat(up.exitValue()).isZero();
        assertThat(home.resolve("up.out")).content().contains("Stopped.");
        assertThat(MemberProcesses.of(GridDirectory.at(dir))).isEmpty();
        run("status").expect(ExitCode.NOT_RUNNING);
        assertThat(run("down").expect(ExitCode.DONE).out()).contains("Nothing ran");
    }

    @Test
    @Order(8)
    void a_grid_may_come_back_with_fewer_members_and_keeps_its_data_and_what_a_user_has_configured()
            throws IOException {
        GridDirectory directory = GridDirectory.at(dir);
        Files.writeString(
                directory.throughlineYaml(),
                Files.readString(directory.throughlineYaml())
                        .replace("  blobs:", "  papers: {value-format: json}\n  blobs:"));

        // Alone it is a majority of the members that the grid is now meant to have.
        assertThat(run("up", "--detach", "--members=1").expect(ExitCode.DONE).out())
                .contains("ready");

        assertThat(run("put", "papers", "d", "{}").expect(ExitCode.DONE).out()).contains("written");
        assertThat(run("get", "kv", "a").expect(ExitCode.DONE).out()).contains("kept");
    }

    @Test
    @Order(9)
    void down_after_a_killed_up_leaves_nothing_running() {
        ProcessHandle.of(status().path("upPid").asLong()).ifPresent(ProcessHandle::destroyForcibly);
        JsonNode status = status();

        assertThat(run("down").expect(ExitCode.DONE).out()).contains("Stopped.");

        status.findValues("pid")
                .forEach(pid -> await().atMost(SOON)
                        .until(() -> !ProcessHandle.of(pid.asLong())
                                .map(ProcessHandle::isAlive)
                                .orElse(false)));
    }

    @Test
    @Order(10)
    void the_number_of_shards_can_not_be_changed_once_the_grid_is_made() {
        assertThat(run("up", "--shards", "2").expect(ExitCode.FAILED).err()).contains("shard");
    }
}
