package io.throughline.mapstore.writer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.hazelcast.core.IndeterminateOperationStateException;
import com.hazelcast.map.IMap;
import com.hazelcast.partition.PartitionService;
import io.throughline.localpostgres.Node;
import io.throughline.mapstore.attempt.Attempt;
import io.throughline.mapstore.attempt.AttemptEnvelope;
import io.throughline.mapstore.fixture.EmbeddedGrid;
import io.throughline.mapstore.fixture.FaultProxy;
import io.throughline.mapstore.fixture.FaultProxy.Direction;
import io.throughline.mapstore.fixture.FaultProxy.Held;
import io.throughline.mapstore.fixture.GridDatabase;
import io.throughline.mapstore.fixture.SharedShards;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Connections that die, hang or deliver late under a put. With the raise of the epoch taken out of {@link ShardWriter},
 * the two tests of late delivery find the older value in the row.
 */
@ExtendWith(SharedShards.class)
class LostAnswerTest {

    private GridDatabase database;
    private FaultProxy proxy;
    private EmbeddedGrid grid;
    private String key;

    @BeforeEach
    void start(GridDatabase gridDatabase) throws IOException {
        database = gridDatabase;
        Node primary = database.shards().shard("shard-1").primary();
        proxy = FaultProxy.to(() -> new InetSocketAddress(primary.host(), primary.port()));
        Map<String, List<String>> hosts = new TreeMap<>(database.hosts());
        hosts.put("shard-1", List.of(proxy.address()));
        grid = EmbeddedGrid.start(
                database,
                1,
                yaml -> "members: 1\n" + database.yaml(hosts)
                        + "maps: {kv: {value-format: text}}\n"
                        + "connections: {socket-timeout: 1s, connect-timeout: 1s}\n"
                        + "write: {timeout: 4s}\n");
        key = grid.keyOn(grid.member(0), "shard-1");
        grid.kv().set(key, "first");
    }

    @AfterEach
    void stop() throws IOException {
        grid.close();
        proxy.close();
    }

    private List<String> row() {
        return database.query("shard-1", "SELECT value FROM kv.entries WHERE key = '" + key + "'");
    }

    /** Sent again, it could be taken twice: by then the row may have forgotten it. Its client asks the shard. */
    @Test
    void an_attempt_whose_answer_was_lost_is_not_sent_again_and_not_kept_in_memory() {
        IMap<String, Object> attempts = grid.member(0).getMap("kv");
        long deadline = System.currentTimeMillis() + 30_000;
        proxy.cutAfter(Direction.TO_CLIENT, 10);
        assertThatThrownBy(() -> attempts.set(key, new AttemptEnvelope(new Attempt(deadline, 4), "attempt")))
                .hasMessageContaining("[UNKNOWN WRITE_TIMEOUT]")
                .hasMessageContaining("its answer was lost");
        assertThat(row()).containsExactly("attempt");
        await().untilAsserted(() -> assertThat(attempts.get(key)).isEqualTo("attempt"));
    }

    @Test
    void a_connection_that_dies_at_any_moment_of_a_batch_costs_a_retry_and_no_write() {
        Random random = new Random(7);
        for (int round = 0; round < 60; round++) {
            Direction direction = round % 2 == 0 ? Direction.TO_SERVER : Direction.TO_CLIENT;
            proxy.cutAfter(direction, random.nextInt(direction == Direction.TO_SERVER ? 900 : 400));
            grid.kv().set(key, "round-" + round);
            assertThat(row()).as("acknowledged in round " + round).containsExactly("round-" + round);
        }
    }

    @Test
    void a_statement_that_arrives_after_its_resend_and_newer_puts_changes_nothing() throws Exception {
        onlyTheEpochProtects();
        Held held = proxy.holdToServer();
        grid.kv().set(key, "sent twice");
        assertThat(held.hasBytes()).isTrue();
        grid.kv().set(key, "newest");
        deliverAndAwait(held);
        assertThat(row()).containsExactly("newest");
    }

    @Test
    void a_put_long_answered_unknown_never_lands_after_newer_ones() throws Exception {
        onlyTheEpochProtects();
        Held held = proxy.holdToServer();
        proxy.refuseNew(true);
        CompletableFuture<Void> put = grid.kv().setAsync(key, "given up").toCompletableFuture();
        assertThatThrownBy(() -> put.get(20, TimeUnit.SECONDS))
                .hasRootCauseInstanceOf(IndeterminateOperationStateException.class)
                .hasMessageContaining("[UNKNOWN WRITE_TIMEOUT]")
                .hasMessageContaining(key);
        proxy.refuseNew(false);
        await().atMost(Duration.ofSeconds(30))
                .ignoreExceptions()
                .untilAsserted(() -> grid.kv().set(key, "newest"));
        deliverAndAwait(held);
        assertThat(row()).containsExactly("newest");
        assertThat(grid.kv().get(key)).isEqualTo("newest");
    }

    /** Else the lost backend is gone before its statement arrives, and nothing is left for the epoch to refuse. */
    private void onlyTheEpochProtects() {
        database.execute("shard-1", "REVOKE EXECUTE ON FUNCTION pg_terminate_backend FROM PUBLIC");
    }

    private static void deliverAndAwait(Held held) throws IOException {
        held.deliver();
        await().atMost(Duration.ofSeconds(20)).until(held::answered);
    }

    @Test
    void after_an_unknown_outcome_the_entry_is_evicted_and_the_next_read_asks_the_shard() throws Exception {
        proxy.holdToServer();
        proxy.refuseNew(true);
        CompletableFuture<Void> put = grid.kv().setAsync(key, "in doubt").toCompletableFuture();
        assertThatThrownBy(() -> put.get(20, TimeUnit.SECONDS)).hasMessageContaining("[UNKNOWN");
        database.execute("shard-1", "UPDATE kv.entries SET value = 'what the shard has' WHERE key = '" + key + "'");
        proxy.refuseNew(false);
        await().atMost(Duration.ofSeconds(30))
                .ignoreExceptions()
                .untilAsserted(() -> assertThat(grid.kv().get(key)).isEqualTo("what the shard has"));
    }

    /** They wait without a thread until their lane begins them, and it has the first one's 4 s to fight with its connection. */
    @Test
    void puts_that_come_while_their_lane_hangs_are_answered_in_their_own_time() {
        Held held = proxy.holdToServer();
        proxy.refuseNew(true);
        CompletableFuture<Void> first = grid.kv().setAsync(key, "hangs").toCompletableFuture();
        await().until(held::hasBytes);
        long begin = System.nanoTime();
        // One of the first one's partition would wait for it, whatever the lane does.
        PartitionService partitions = grid.member(0).getPartitionService();
        List<CompletableFuture<Void>> others = grid.keysOn(grid.member(0), "shard-1", "other-", 50).stream()
                .filter(other -> !partitions.getPartition(other).equals(partitions.getPartition(key)))
                .map(other -> grid.kv().setAsync(other, "v").toCompletableFuture())
                .toList();
        assertThat(others)
                .allSatisfy(put -> assertThatThrownBy(() -> put.get(20, TimeUnit.SECONDS))
                        .hasMessageContaining("[REFUSED SHARD_UNAVAILABLE]"));
        assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofMillis(6_500));
        assertThatThrownBy(() -> first.get(20, TimeUnit.SECONDS)).hasMessageContaining("[UNKNOWN");
    }
}
