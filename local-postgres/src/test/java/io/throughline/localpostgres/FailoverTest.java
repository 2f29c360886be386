package io.throughline.localpostgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.throughline.localpostgres.Node.Condition;
import io.throughline.localpostgres.folder.Tree;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Set;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

@ExtendWith(SharedShards.class)
class FailoverTest {

    private static final Logger LOG = LoggerFactory.getLogger(FailoverTest.class);
    private static final String SHARD = "shard-1";
    private static final Duration LONG = Duration.ofSeconds(40);

    @Test
    void a_killed_primary_is_replaced_without_the_loss_of_an_acknowledged_row(LocalShards shards) throws SQLException {
        replacesThePrimary(shards, "killed", shards::kill);
    }

    @Test
    void a_frozen_primary_is_replaced_without_the_loss_of_an_acknowledged_row(LocalShards shards) throws SQLException {
        replacesThePrimary(shards, "frozen", shards::pause);
    }

    private static void replacesThePrimary(LocalShards shards, String table, Consumer<Node> fault) throws SQLException {
        Rows rows = new Rows(shards, SHARD, table);
        Node old = shards.shard(SHARD).primary();
        try (FailoverWatch watch = shards.watch();
                Writers writers = new Writers(rows, 8)) {
            assertThat(watch).isNotNull();
            await().atMost(LONG).until(() -> writers.count() > 1000);
            fault.accept(old);
            await().atMost(LONG)
                    .until(() -> !shards.shard(SHARD).primary().name().equals(old.name()));
            int before = writers.count();
            await().atMost(LONG).until(() -> writers.count() > before + 1000);
            awaitComplete(shards);
            Set<Long> acknowledged = writers.acknowledged();
            LOG.info("{} rows, longest pause {} ms", acknowledged.size(), writers.longestPauseMillis());
            for (Node node : shards.shard(SHARD).nodes()) {
                await().untilAsserted(() -> assertThat(rows.missing(node, acknowledged))
                        .as(node.id())
                        .isEmpty());
            }
        }
    }

    @Test
    void the_standby_that_alone_has_the_last_rows_is_promoted(LocalShards shards) throws SQLException {
        Rows rows = new Rows(shards, SHARD, "last_rows");
        Node old = shards.shard(SHARD).primary();
        Node behind = shards.shard(SHARD).standbys().get(0);
        Node ahead = shards.shard(SHARD).standbys().get(1);
        shards.pause(behind);
        try (Connection connection = shards.connect(old)) {
            for (long id = 0; id < 100; id++) {
                rows.insert(connection, id);
            }
        }
        // While frozen it has received nothing; woken, it would still read what waits in its socket.
        shards.kill(behind);
        shards.kill(old);
        shards.promote(shards.shard(SHARD));
        assertThat(shards.shard(SHARD).primary().name()).isEqualTo(ahead.name());
        for (Node node : shards.shard(SHARD).nodes()) {
            await().untilAsserted(() -> assertThat(rows.on(node)).as(node.id()).hasSize(100));
        }
    }

    @Test
    void where_a_standby_cannot_be_asked_the_old_primary_is_started_again(LocalShards shards) throws SQLException {
        Rows rows = new Rows(shards, SHARD, "not_asked");
        Node old = shards.shard(SHARD).primary();
        Node lost = shards.shard(SHARD).standbys().get(0);
        shards.kill(lost);
        Tree.delete(lost.data());
        rows.insert(1);
        assertThatThrownBy(() -> shards.promote(shards.shard(SHARD)))
                .hasMessageContaining("NOT_SAFE")
                .hasMessageContaining(lost.name());
        assertThat(shards.shard(SHARD).primary().name()).isEqualTo(old.name());
        rows.insert(2);
        shards.reclone(lost);
        assertThat(rows.on(old)).containsExactly(1L, 2L);
        awaitComplete(shards);
    }

    @Test
    void standbys_that_die_are_brought_back_also_without_their_data(LocalShards shards) {
        Node killed = shards.shard(SHARD).standbys().get(0);
        Node lost = shards.shard(SHARD).standbys().get(1);
        shards.kill(killed);
        shards.kill(lost);
        Tree.delete(lost.data());
        try (FailoverWatch watch = shards.watch(
                new WatchConfig(Duration.ofMillis(100), Duration.ofSeconds(2), 2, Duration.ofSeconds(5)))) {
            assertThat(watch).isNotNull();
            awaitComplete(shards);
        }
    }

    /** Torture killed a primary and, while the dead one was being cloned from its successor, that one too. */
    @Test
    void a_clone_whose_primary_dies_is_given_up_and_made_from_the_next(LocalShards shards) throws SQLException {
        Rows rows = new Rows(shards, SHARD, "second_death");
        rows.insert(1);
        Node first = shards.shard(SHARD).primary();
        try (FailoverWatch watch = shards.watch()) {
            assertThat(watch).isNotNull();
            shards.kill(first);
            // The label is there once all is copied: what the clone still lacks is the backup's WAL.
            Path label = first.data().resolve("backup_label");
            await().atMost(LONG)
                    .pollInterval(Duration.ofMillis(1))
                    .until(() -> Files.exists(label)
                            || shards.shard(SHARD).node(first.name()).pid() > 0);
            shards.kill(shards.shard(SHARD).primary());
            // A start may take three minutes, and the clone was waited for as long.
            awaitComplete(shards);
            rows.insert(2);
            for (Node node : shards.shard(SHARD).nodes()) {
                await().untilAsserted(
                                () -> assertThat(rows.on(node)).as(node.id()).containsExactly(1L, 2L));
            }
        }
    }

    @Test
    void what_was_stopped_on_purpose_stays_stopped(LocalShards shards) {
        Node rested = shards.shard("shard-2").primary();
        Node sign = shards.shard("shard-2").standbys().get(0);
        try (FailoverWatch watch =
                shards.watch(new WatchConfig(Duration.ofMillis(50), Duration.ofSeconds(2), 2, Duration.ofSeconds(5)))) {
            assertThat(watch).isNotNull();
            shards.stop(rested);
            await().during(Duration.ofSeconds(1))
                    .until(() -> shards.shard("shard-2").primary().name().equals(rested.name()));
            shards.start(rested);
            shards.kill(sign);
            await().atMost(LONG)
                    .until(() -> shards.shard("shard-2").node(sign.name()).condition() == Condition.RUNNING);
        }
    }

    private static void awaitComplete(LocalShards shards) {
        await().atMost(LONG).ignoreExceptions().until(() -> {
            Shard shard = shards.shard(SHARD);
            return shard.standbys().size() == 2
                    && Sql.one(
                                    shards,
                                    shard.primary(),
                                    "SELECT count(*) FROM pg_stat_replication WHERE sync_state = 'quorum'")
                            .equals("2");
        });
    }
}
