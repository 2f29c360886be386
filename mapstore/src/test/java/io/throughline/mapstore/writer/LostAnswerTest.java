package io.throughline.mapstore.writer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.hazelcast.core.IndeterminateOperationStateException;
import com.hazelcast.partition.PartitionService;
import io.throughline.mapstore.fixture.FaultProxy.Held;
import io.throughline.mapstore.fixture.GridDatabase;
import io.throughline.mapstore.fixture.SharedShards;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Connections that hang or deliver late under a put. With the raise of the epoch taken out of {@link ShardWriter},
 * the two tests of late delivery find the older value in the row.
 */
@ExtendWith(SharedShards.class)
class LostAnswerTest {

    private GridDatabase database;
    private ProxiedShard shard;

    @BeforeEach
    void start(GridDatabase gridDatabase) throws IOException {
        database = gridDatabase;
        shard = new ProxiedShard(
                database, "connections: {socket-timeout: 1s, connect-timeout: 1s}\nwrite: {timeout: 4s}\n");
    }

    @AfterEach
    void stop() throws IOException {
        shard.close();
    }

    @Test
    void a_statement_that_arrives_after_its_resend_and_newer_puts_changes_nothing() throws Exception {
        onlyTheEpochProtects();
        Held held = shard.proxy.holdToServer();
        shard.grid.kv().set(shard.key, "sent twice");
        assertThat(held.hasBytes()).isTrue();
        shard.grid.kv().set(shard.key, "newest");
        deliverAndAwait(held);
        assertThat(shard.row()).containsExactly("newest");
    }

    @Test
    void a_put_long_answered_unknown_never_lands_after_newer_ones() throws Exception {
        onlyTheEpochProtects();
        Held held = shard.proxy.holdToServer();
        shard.proxy.refuseNew(true);
        CompletableFuture<Void> put =
                shard.grid.kv().setAsync(shard.key, "given up").toCompletableFuture();
        assertThatThrownBy(() -> put.get(20, TimeUnit.SECONDS))
                .hasRootCauseInstanceOf(IndeterminateOperationStateException.class)
                .hasMessageContaining("[UNKNOWN WRITE_TIMEOUT]")
                .hasMessageContaining(shard.key);
        shard.proxy.refuseNew(false);
        await().atMost(Duration.ofSeconds(30))
                .ignoreExceptions()
                .untilAsserted(() -> shard.grid.kv().set(shard.key, "newest"));
        deliverAndAwait(held);
        assertThat(shard.row()).containsExactly("newest");
        assertThat(shard.grid.kv().get(shard.key)).isEqualTo("newest");
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
        shard.proxy.holdToServer();
        shard.proxy.refuseNew(true);
        CompletableFuture<Void> put =
                shard.grid.kv().setAsync(shard.key, "in doubt").toCompletableFuture();
        assertThatThrownBy(() -> put.get(20, TimeUnit.SECONDS)).hasMessageContaining("[UNKNOWN");
        database.execute(
                "shard-1", "UPDATE kv.entries SET value = 'what the shard has' WHERE key = '" + shard.key + "'");
        shard.proxy.refuseNew(false);
        await().atMost(Duration.ofSeconds(30))
                .ignoreExceptions()
                .untilAsserted(() -> assertThat(shard.grid.kv().get(shard.key)).isEqualTo("what the shard has"));
    }

    /** They wait without a thread until their lane begins them, and it has the first one's 4 s to fight with its connection. */
    @Test
    void puts_that_come_while_their_lane_hangs_are_answered_in_their_own_time() {
        Held held = shard.proxy.holdToServer();
        shard.proxy.refuseNew(true);
        CompletableFuture<Void> first =
                shard.grid.kv().setAsync(shard.key, "hangs").toCompletableFuture();
        await().until(held::hasBytes);
        long begin = System.nanoTime();
        // One of the first one's partition would wait for it, whatever the lane does.
        PartitionService partitions = shard.grid.member(0).getPartitionService();
        List<CompletableFuture<Void>> others = shard.grid.keysOn(shard.grid.member(0), "shard-1", "other-", 50).stream()
                .filter(other -> !partitions.getPartition(other).equals(partitions.getPartition(shard.key)))
                .map(other -> shard.grid.kv().setAsync(other, "v").toCompletableFuture())
                .toList();
        assertThat(others)
                .allSatisfy(put -> assertThatThrownBy(() -> put.get(20, TimeUnit.SECONDS))
                        .hasMessageContaining("[REFUSED SHARD_UNAVAILABLE]"));
        assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofMillis(6_500));
        assertThatThrownBy(() -> first.get(20, TimeUnit.SECONDS)).hasMessageContaining("[UNKNOWN");
    }
}
