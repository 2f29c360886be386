package io.throughline.localpostgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.throughline.localpostgres.Node.Condition;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(SharedShards.class)
class ShardsTest {

    @Test
    void each_shard_has_a_primary_and_two_standbys_on_ports_of_their_own(LocalShards shards) {
        assertThat(shards.shards()).extracting(Shard::name).containsExactly("shard-1", "shard-2");
        Set<String> addresses = new HashSet<>();
        for (Shard shard : shards.shards()) {
            assertThat(shard.standbys()).hasSize(2);
            assertThat(shard.hosts()).hasSize(3).allMatch(host -> host.startsWith("127.0.0.1:"));
            assertThat(shards.hosts(shard.name())).isEqualTo(shard.hosts());
            addresses.addAll(shard.hosts());
            assertThat(shard.nodes()).allMatch(node -> node.condition() == Condition.RUNNING && node.pid() > 0);
        }
        assertThat(addresses).hasSize(6);
    }

    @Test
    void servers_listen_on_loopback_alone_and_keep_what_they_wrote(LocalShards shards) throws SQLException {
        for (Node node : shards.shard("shard-1").nodes()) {
            assertThat(Sql.one(shards, node, "SHOW listen_addresses")).isEqualTo("127.0.0.1");
            assertThat(Sql.one(shards, node, "SHOW unix_socket_directories")).isEmpty();
            assertThat(Sql.one(shards, node, "SHOW data_checksums")).isEqualTo("on");
            assertThat(Sql.one(shards, node, "SHOW fsync")).isEqualTo("on");
            assertThat(Sql.one(shards, node, "SHOW synchronous_standby_names")).startsWith("ANY 1 (");
            assertThat(Sql.one(shards, node, "SHOW password_encryption")).isEqualTo("scram-sha-256");
        }
    }

    @Test
    void each_shard_is_a_database_system_of_its_own(LocalShards shards) throws SQLException {
        String query = "SELECT system_identifier FROM pg_control_system()";
        assertThat(Sql.one(shards, shards.shard("shard-1").primary(), query))
                .isNotEqualTo(Sql.one(shards, shards.shard("shard-2").primary(), query));
    }

    @Test
    void passwords_can_be_read_by_their_owner_alone(LocalShards shards) throws IOException {
        Secrets secrets = shards.secrets();
        for (Path file : List.of(secrets.postgres(), secrets.replicator(), secrets.owner(), secrets.application())) {
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                    .isEqualTo("rw-------");
            assertThat(Secrets.read(file)).hasSizeGreaterThan(20);
        }
    }

    @Test
    void no_one_gets_in_without_the_right_password(LocalShards shards) {
        Node primary = shards.shard("shard-1").primary();
        for (String role : List.of("postgres", "replicator", "throughline_owner", "throughline")) {
            assertThatThrownBy(() -> Sql.login(primary, role, "guessed").close())
                    .isInstanceOfSatisfying(
                            SQLException.class,
                            refusal -> assertThat(refusal.getSQLState()).isEqualTo("28P01"));
        }
    }

    @Test
    void the_application_reads_and_writes_rows_and_nothing_else(LocalShards shards) throws SQLException {
        Node primary = shards.shard("shard-1").primary();
        try (Connection owner = login(shards, primary, "throughline_owner")) {
            Sql.run(owner, "CREATE SCHEMA rights");
            Sql.run(owner, "CREATE TABLE rights.entries (key text PRIMARY KEY)");
            Sql.run(owner, "GRANT USAGE ON SCHEMA rights TO throughline");
            Sql.run(owner, "GRANT SELECT, INSERT ON rights.entries TO throughline");
        }
        try (Connection application = login(shards, primary, "throughline")) {
            Sql.run(application, "INSERT INTO rights.entries VALUES ('a')");
            assertThat(Sql.one(application, "SELECT count(*) FROM pg_stat_replication WHERE sync_state = 'quorum'"))
                    .as("sees the state of replication")
                    .isEqualTo("2");
            for (String refused : List.of(
                    "CREATE SCHEMA mine",
                    "CREATE TABLE mine (a int)",
                    "CREATE TEMP TABLE mine (a int)",
                    "DROP TABLE rights.entries",
                    "ALTER SYSTEM SET synchronous_standby_names = ''",
                    "COPY rights.entries TO '/tmp/stolen'")) {
                assertThatThrownBy(() -> Sql.run(application, refused))
                        .as(refused)
                        .isInstanceOfSatisfying(
                                SQLException.class,
                                refusal -> assertThat(refusal.getSQLState()).isEqualTo("42501"));
            }
        }
    }

    @Test
    void a_commit_returns_once_one_standby_has_it_and_not_before(LocalShards shards)
            throws SQLException, ExecutionException, InterruptedException {
        Shard shard = shards.shard("shard-2");
        Rows rows = new Rows(shards, "shard-2", "quorum");
        Node first = shard.standbys().get(0);
        Node second = shard.standbys().get(1);
        shards.pause(first);
        assertThat(inserted(shards, shard.primary(), rows, 1)).isTrue();
        shards.pause(second);
        CompletableFuture<Boolean> waiting =
                CompletableFuture.supplyAsync(() -> inserted(shards, shard.primary(), rows, 2));
        await().until(() -> Sql.one(
                        shards,
                        shard.primary(),
                        "SELECT count(*) FROM pg_stat_activity WHERE wait_event = 'SyncRep' AND query LIKE '%quorum%'")
                .equals("1"));
        assertThat(waiting).isNotDone();
        shards.resume(second);
        assertThat(waiting.get()).isTrue();
        shards.resume(first);
        for (Node node : shard.nodes()) {
            await().untilAsserted(() -> assertThat(rows.on(node)).containsExactly(1L, 2L));
        }
    }

    /** Over a connection to the node itself: looking for the primary could end at a frozen one. */
    private static boolean inserted(LocalShards shards, Node primary, Rows rows, long id) {
        try (Connection connection = shards.connect(primary)) {
            rows.insert(connection, id);
            return true;
        } catch (SQLException failure) {
            throw new IllegalStateException(failure);
        }
    }

    @Test
    void a_node_is_shown_as_it_is(LocalShards shards) {
        Node standby = shards.shard("shard-2").standbys().get(0);
        shards.pause(standby);
        assertThat(seen(shards, standby).condition()).isEqualTo(Condition.PAUSED);
        shards.resume(standby);
        assertThat(seen(shards, standby).condition()).isEqualTo(Condition.RUNNING);
        shards.stop(standby);
        assertThat(seen(shards, standby).condition()).isEqualTo(Condition.DOWN);
        assertThat(seen(shards, standby).pid()).isZero();
        shards.start(standby);
        assertThat(seen(shards, standby).condition()).isEqualTo(Condition.RUNNING);
    }

    private static Node seen(LocalShards shards, Node node) {
        Path directory = shards.secrets().folder().resolveSibling("");
        Overview overview = LocalShards.describe(directory);
        assertThat(overview.startedBy()).isEqualTo(ProcessHandle.current().pid());
        Node described = overview.shards().get(1).node(node.name());
        assertThat(shards.shard(node.shard()).node(node.name())).isEqualTo(described);
        return described;
    }

    @Test
    void a_killed_node_leaves_no_process_behind_and_comes_back(LocalShards shards) throws SQLException {
        Rows rows = new Rows(shards, "shard-2", "comes_back");
        Node standby = shards.shard("shard-2").standbys().get(1);
        List<ProcessHandle> children =
                ProcessHandle.of(standby.pid()).orElseThrow().children().toList();
        assertThat(children).isNotEmpty();
        shards.kill(standby);
        await().until(() -> children.stream().noneMatch(ShardsTest::works));
        rows.insert(1);
        shards.start(standby);
        await().untilAsserted(() -> assertThat(rows.on(standby)).containsExactly(1L));
    }

    /** One that is dead but not reaped has no command any more. */
    private static boolean works(ProcessHandle process) {
        return process.isAlive() && process.info().command().isPresent();
    }

    @Test
    void a_promotion_moves_the_primary_and_keeps_the_rows(LocalShards shards) throws SQLException {
        Rows rows = new Rows(shards, "shard-2", "promotion");
        rows.insert(1);
        Shard before = shards.shard("shard-2");
        shards.promote(before);
        Shard after = shards.shard("shard-2");
        assertThat(after.primary().name()).isNotEqualTo(before.primary().name());
        assertThat(after.standbys()).hasSize(2);
        assertThat(after.hosts()).isEqualTo(before.hosts());
        rows.insert(2);
        for (Node node : after.nodes()) {
            await().untilAsserted(() -> assertThat(rows.on(node)).containsExactly(1L, 2L));
        }
    }

    @Test
    void a_standby_is_cloned_while_its_primary_is_written_to(LocalShards shards) throws SQLException {
        Rows rows = new Rows(shards, "shard-2", "cloning");
        Node standby = shards.shard("shard-2").standbys().get(0);
        try (Writers writers = new Writers(rows, 4)) {
            await().until(() -> writers.count() > 200);
            shards.reclone(standby);
            int before = writers.count();
            await().until(() -> writers.count() > before + 200);
            Set<Long> acknowledged = writers.acknowledged();
            await().untilAsserted(() ->
                    assertThat(rows.missing(standby, acknowledged)).isEmpty());
        }
        assertThat(shards.shard("shard-2").standbys()).hasSize(2);
    }

    @Test
    void a_primary_is_not_cloned(LocalShards shards) {
        assertThatThrownBy(() -> shards.reclone(shards.shard("shard-1").primary()))
                .hasMessageContaining("NOT_SAFE")
                .hasMessageContaining("Promote a standby first");
    }

    private static Connection login(LocalShards shards, Node node, String role) throws SQLException {
        return Sql.login(node, role, Secrets.read(shards.secrets().file(role)));
    }
}
