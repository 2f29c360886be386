package io.throughline.mapstore.writer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.hazelcast.core.IndeterminateOperationStateException;
import io.throughline.localpostgres.Node;
import io.throughline.mapstore.fixture.EmbeddedGrid;
import io.throughline.mapstore.fixture.GridDatabase;
import io.throughline.mapstore.fixture.SharedShards;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * An acknowledged write is on a quorum, whatever is done to the shard's settings meanwhile. Without the guard each of
 * these puts is acknowledged while its row is on the primary alone.
 */
@ExtendWith(SharedShards.class)
class RpoGuardTest {

    private GridDatabase database;
    private EmbeddedGrid grid;
    private String quorum;
    private String key;

    @BeforeEach
    void start(GridDatabase gridDatabase, TestInfo test) {
        String onDegraded = test.getTags().contains("warn") ? "warn" : "refuse";
        database = gridDatabase;
        quorum = database.query("shard-1", "SHOW synchronous_standby_names").get(0);
        grid = EmbeddedGrid.start(database, 1, yaml -> yaml + "write: {on-degraded: " + onDegraded + "}\n");
        key = grid.keyOn(grid.member(0), "shard-1");
    }

    @AfterEach
    void restore() {
        standbys().forEach(database.shards()::resume);
        standbyNames(quorum);
        grid.close();
    }

    private List<Node> standbys() {
        return database.shards().shard("shard-1").standbys();
    }

    private void standbyNames(String names) {
        database.execute("shard-1", "ALTER SYSTEM SET synchronous_standby_names = '" + names.replace("'", "''") + "'");
        database.execute("shard-1", "SELECT pg_reload_conf()");
        await().until(() -> database.query("shard-1", "SHOW synchronous_standby_names")
                .get(0)
                .equals(names));
    }

    private List<String> row() {
        return database.query("shard-1", "SELECT value FROM kv.entries WHERE key = '" + key + "'");
    }

    private static void assertUnknown(ThrowingCallable put) {
        assertThatThrownBy(put)
                .hasRootCauseInstanceOf(IndeterminateOperationStateException.class)
                .hasMessageContaining("[UNKNOWN NOT_REPLICATED]");
    }

    @Test
    void while_replication_is_off_a_put_is_refused_and_reads_go_on() {
        grid.kv().set(key, "before");
        standbyNames("");
        await().untilAsserted(() -> assertThatThrownBy(() -> grid.kv().set(key, "during"))
                .hasMessageContaining("[REFUSED NOT_REPLICATED]")
                .hasMessageContaining("Nothing was stored"));
        assertThat(row()).containsExactly("before");
        grid.kv().evict(key);
        assertThat(grid.kv().get(key)).isEqualTo("before");

        standbyNames(quorum);
        await().ignoreExceptions().untilAsserted(() -> grid.kv().set(key, "after"));
        assertThat(row()).containsExactly("after");
    }

    @Test
    void a_commit_released_by_emptying_the_standby_names_is_not_acknowledged() {
        grid.kv().set(key, "before");
        CompletableFuture<Void> put = putThatWaitsForStandbys("during");
        standbyNames("");
        assertUnknown(() -> put.get(10, TimeUnit.SECONDS));
        assertThat(row()).as("committed on the primary, and so in doubt").containsExactly("during");
        await().untilAsserted(
                        () -> assertThat(grid.kv().containsKey(key) ? grid.kv().get(key) : "during")
                                .as("memory must not keep the older value")
                                .isEqualTo("during"));
    }

    @Test
    void a_commit_whose_wait_was_cancelled_is_not_acknowledged() {
        grid.kv().set(key, "before");
        CompletableFuture<Void> put = putThatWaitsForStandbys("during");
        database.query("shard-1", "SELECT pg_cancel_backend(pid) FROM pg_stat_activity WHERE wait_event = 'SyncRep'");
        assertUnknown(() -> put.get(10, TimeUnit.SECONDS));
    }

    private CompletableFuture<Void> putThatWaitsForStandbys(String value) {
        standbys().forEach(database.shards()::pause);
        CompletableFuture<Void> put = grid.kv().setAsync(key, value).toCompletableFuture();
        await().pollInterval(Duration.ofMillis(20))
                .until(() -> database.query("shard-1", "SELECT pid FROM pg_stat_activity WHERE wait_event = 'SyncRep'")
                                .size()
                        > 0);
        return put;
    }

    @Test
    void synchronous_commit_lowered_for_the_role_is_noticed() {
        grid.kv().set(key, "before");
        String inDatabase = "ALTER ROLE throughline IN DATABASE " + database.name();
        database.execute("shard-1", inDatabase + " SET synchronous_commit = 'local'");
        endSessions();
        await().untilAsserted(() -> assertThatThrownBy(() -> grid.kv().set(key, "during"))
                .hasMessageContaining("[REFUSED NOT_REPLICATED]"));
        assertThat(row()).containsExactly("before");

        database.execute("shard-1", inDatabase + " RESET synchronous_commit");
        endSessions();
        await().ignoreExceptions().untilAsserted(() -> grid.kv().set(key, "after"));
    }

    private void endSessions() {
        database.query(
                "shard-1",
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename = 'throughline' AND datname = '"
                        + database.name() + "'");
    }

    @Test
    @Tag("warn")
    void whoever_chooses_availability_gets_a_warning_instead() {
        standbyNames("");
        grid.kv().set(key, "on one machine");
        assertThat(row()).containsExactly("on one machine");
        assertThat(grid.meters()
                        .get("throughline.batch.degraded")
                        .tag("shard", "shard-1")
                        .counter()
                        .count())
                .isPositive();
    }
}
