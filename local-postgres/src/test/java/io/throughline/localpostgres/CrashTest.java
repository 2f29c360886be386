package io.throughline.localpostgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever was killed, at whatever moment: the next start has everything. All tests use one folder by turns. */
class CrashTest {

    private static final TestFolder FOLDER = new TestFolder();

    private final Path ids = FOLDER.root().resolve("acknowledged");
    private final Path grid = FOLDER.root().resolve("a grid");

    @AfterAll
    static void endWhatIsLeft() {
        Path grid = FOLDER.root().resolve("a grid");
        if (Files.exists(grid)) {
            LocalShards.start(LocalShardsConfig.in(grid).withShards(1)).close();
        }
        FOLDER.close();
    }

    @Test
    void rows_survive_a_stop_and_the_kill_of_every_node() throws SQLException {
        try (LocalShards shards = start()) {
            new Rows(shards, "shard-1", "survivors").insert(1);
        }
        try (LocalShards shards = start()) {
            new Rows(shards, "shard-1", "survivors").insert(2);
            shards.shard("shard-1").nodes().forEach(shards::kill);
        }
        try (LocalShards shards = start()) {
            Rows rows = new Rows(shards, "shard-1", "survivors");
            for (Node node : shards.shard("shard-1").nodes()) {
                assertThat(rows.on(node)).as(node.id()).containsExactly(1L, 2L);
            }
        }
    }

    /** As after a disk was replaced: each of the others has every acknowledged row. */
    @Test
    void a_primary_whose_data_folder_is_gone_at_start_is_replaced_and_cloned_anew() throws SQLException {
        String lost;
        try (LocalShards shards = start()) {
            new Rows(shards, "shard-1", "without_a_disk").insert(1);
            lost = shards.shard("shard-1").primary().name();
        }
        Commands.run("/bin/sh", "-c", "rm -r '" + grid + "/shard-1/" + lost + "/data'");
        try (LocalShards shards = start()) {
            Shard shard = shards.shard("shard-1");
            assertThat(shard.primary().name()).isNotEqualTo(lost);
            assertThat(shard.standbys()).extracting(Node::name).contains(lost).hasSize(2);
            Rows rows = new Rows(shards, "shard-1", "without_a_disk");
            rows.insert(2);
            for (Node node : shard.nodes()) {
                await().untilAsserted(
                                () -> assertThat(rows.on(node)).as(node.id()).containsExactly(1L, 2L));
            }
        }
    }

    @Test
    void servers_whose_starter_was_killed_go_on_and_are_taken_over() throws SQLException {
        try (StarterJvm jvm = new StarterJvm(grid, ids, "wait", "")) {
            jvm.awaitLine("STARTED");
            assertThat(LocalShards.describe(grid).startedBy()).isEqualTo(jvm.pid());
            jvm.kill();
        }
        Overview orphans = LocalShards.describe(grid);
        assertThat(orphans.startedBy()).isZero();
        List<Long> pids = pids(orphans.shards().get(0));
        assertThat(pids).doesNotContain(0L);
        try (LocalShards shards = start()) {
            assertThat(pids(shards.shard("shard-1"))).isEqualTo(pids);
            new Rows(shards, "shard-1", "taken_over").insert(1);
        }
        assertThat(pids(LocalShards.describe(grid).shards().get(0))).containsOnly(0L);
    }

    @Test
    void orphans_that_hang_or_are_half_dead_are_replaced() throws SQLException {
        try (StarterJvm jvm = new StarterJvm(grid, ids, "wait", "")) {
            jvm.awaitLine("STARTED");
            jvm.kill();
        }
        Shard shard = LocalShards.describe(grid).shards().get(0);
        Commands.run("/bin/sh", "-c", "kill -s KILL " + shard.primary().pid());
        Commands.run("/bin/sh", "-c", "kill -s STOP " + shard.standbys().get(0).pid());
        try (LocalShards shards = start()) {
            new Rows(shards, "shard-1", "half_dead").insert(1);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "is dead for certain",
                "is to be primary",
                "is cloned from",
                "is a standby again",
            })
    void a_start_after_a_crash_in_the_middle_of_a_failover_has_the_right_primary(String step) throws SQLException {
        String before;
        try (StarterJvm jvm = new StarterJvm(grid, ids, "promote", step)) {
            assertThat(jvm.awaitEnd()).as(jvm.output()).isEqualTo(9);
            before = jvm.output().replaceAll("(?s).*PRIMARY (\\S+).*", "$1");
        }
        try (LocalShards shards = start()) {
            Shard shard = shards.shard("shard-1");
            boolean decided = !step.equals("is dead for certain");
            assertThat(shard.primary().name().equals(before)).isNotEqualTo(decided);
            assertThat(shard.standbys()).hasSize(2);
            Rows rows = new Rows(shards, "shard-1", "middle");
            assertThat(rows.on(shard.primary())).isNotEmpty();
            rows.insert(1);
            for (Node node : shard.nodes()) {
                await().untilAsserted(
                                () -> assertThat(rows.on(node)).as(node.id()).isEqualTo(rows.on(shard.primary())));
            }
        }
    }

    @Test
    void with_any_2_a_commit_waits_for_both_standbys() throws SQLException {
        try (LocalShards shards =
                LocalShards.start(LocalShardsConfig.in(grid).withShards(1).withSynchronous(Synchronous.ANY_2))) {
            Rows rows = new Rows(shards, "shard-1", "on_two");
            Node primary = shards.shard("shard-1").primary();
            Node frozen = shards.shard("shard-1").standbys().get(0);
            shards.pause(frozen);
            CompletableFuture<Void> insert = CompletableFuture.runAsync(() -> inserted(shards, primary, rows));
            await().until(() -> Sql.one(
                            shards,
                            primary,
                            "SELECT count(*) FROM pg_stat_activity WHERE wait_event = 'SyncRep' AND query LIKE '%on_two%'")
                    .equals("1"));
            assertThat(insert).isNotDone();
            shards.resume(frozen);
            insert.join();
        }
    }

    /** Over a connection to the node itself: looking for the primary could end at the frozen one. */
    private static void inserted(LocalShards shards, Node primary, Rows rows) {
        try (Connection connection = shards.connect(primary)) {
            rows.insert(connection, 1);
        } catch (SQLException failure) {
            throw new IllegalStateException(failure);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2})
    void no_acknowledged_row_is_missing_after_a_kill_at_any_moment(int seed) throws SQLException, IOException {
        Random random = new Random(seed);
        try (StarterJvm jvm = new StarterJvm(grid, ids, "promote-again-and-again", "")) {
            jvm.awaitLine("STARTED");
            long moment = System.nanoTime() + random.nextInt(3_000) * 1_000_000L;
            await().pollDelay(Duration.ZERO).until(() -> System.nanoTime() > moment);
            jvm.kill();
        }
        if (seed % 2 == 0) {
            LocalShards.describe(grid).shards().get(0).nodes().stream()
                    .filter(node -> node.pid() > 0)
                    .forEach(node -> Commands.run("/bin/sh", "-c", "kill -s KILL " + node.pid()));
        }
        Set<Long> acknowledged = Files.readAllLines(ids).stream()
                .filter(line -> !line.isBlank())
                .map(Long::valueOf)
                .collect(Collectors.toSet());
        assertThat(acknowledged).isNotEmpty();
        try (LocalShards shards = start()) {
            Rows rows = new Rows(shards, "shard-1", "crash");
            assertThat(rows.missing(shards.shard("shard-1").primary(), acknowledged))
                    .isEmpty();
        }
    }

    @Test
    void a_start_that_is_asked_to_end_leaves_no_server() {
        try (StarterJvm jvm = new StarterJvm(grid, ids, "wait", "")) {
            jvm.awaitLine("up on");
            jvm.terminate();
        }
        assertThat(pids(LocalShards.describe(grid).shards().get(0))).containsOnly(0L);
    }

    private LocalShards start() {
        return LocalShards.start(LocalShardsConfig.in(grid).withShards(1).withProgress(new PrintedProgress()));
    }

    private static List<Long> pids(Shard shard) {
        return shard.nodes().stream().map(Node::pid).toList();
    }
}
