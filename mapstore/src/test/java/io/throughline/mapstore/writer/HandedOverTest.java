package io.throughline.mapstore.writer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.hazelcast.core.HazelcastInstance;
import com.hazelcast.core.IndeterminateOperationStateException;
import com.hazelcast.instance.impl.HazelcastInstanceProxy;
import com.hazelcast.internal.partition.MigrationEndpoint;
import com.hazelcast.internal.partition.PartitionMigrationEvent;
import com.hazelcast.internal.partition.impl.InternalPartitionServiceImpl;
import com.hazelcast.internal.partition.impl.PartitionStateManager;
import io.throughline.mapstore.fixture.EmbeddedGrid;
import io.throughline.mapstore.fixture.GridDatabase;
import io.throughline.mapstore.fixture.HeldRow;
import io.throughline.mapstore.fixture.RowHistory;
import io.throughline.mapstore.fixture.SharedShards;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Partitions change hands in order while a batch of their old owner hangs in the database: it waits there for a row that
 * the test holds, before it has touched the others. Without the raise of the old owner's epoch, the new owner writes at
 * once, and the old owner's batch lands after it when the row is let go.
 */
@ExtendWith(SharedShards.class)
class HandedOverTest {

    private static final String SHARD = "shard-1";
    private static final int KEYS = 40;
    private static final Duration SOON = Duration.ofSeconds(30);

    @Test
    void to_a_member_that_joins(GridDatabase database) throws Exception {
        theOldOwnersBatchDoesNotLandAfterTheNewOwners(database, 1, EmbeddedGrid::join);
    }

    /** The one in between sends nothing for them, and so does nothing about the one before it. */
    @Test
    void by_way_of_a_member_that_hands_them_on(GridDatabase database) throws Exception {
        theOldOwnersBatchDoesNotLandAfterTheNewOwners(
                database, 2, HandedOverTest::theFirstGivesItsPartitionsUp, EmbeddedGrid::join);
    }

    @Test
    void by_a_member_that_gives_its_partitions_up(GridDatabase database) throws Exception {
        theOldOwnersBatchDoesNotLandAfterTheNewOwners(
                database, 2, grid -> grid.member(0).getCluster().demoteLocalDataMember());
    }

    @Test
    void by_a_member_that_leaves(GridDatabase database) throws Exception {
        theOldOwnersBatchDoesNotLandAfterTheNewOwners(
                database, 2, grid -> grid.member(0).shutdown());
    }

    /** Its old owner may have stored it, and Hazelcast runs again what was under way when a partition moved. */
    @Test
    void what_is_not_stored_after_it_is_unknown(GridDatabase database) {
        try (EmbeddedGrid grid = EmbeddedGrid.start(database, 1, HandedOverTest::patient)) {
            grid.kv().set("so that all partitions", "are the first member's");
            HazelcastInstance joined = grid.join();
            grid.awaitSafe();
            String stayed = grid.keyOn(grid.member(0), SHARD);
            String moved = grid.keyOn(joined, SHARD);
            database.execute(SHARD, "ALTER TABLE kv.entries ADD CHECK (value <> 'bad')");

            assertThatThrownBy(() -> grid.kv().set(stayed, "bad"))
                    .hasMessageContaining("[REFUSED DATABASE_REFUSED]")
                    .hasMessageContaining("Nothing was stored");
            assertThatThrownBy(() -> grid.kv().set(moved, "bad"))
                    .isInstanceOf(IndeterminateOperationStateException.class)
                    .hasMessageContaining("[UNKNOWN DATABASE_REFUSED]")
                    .hasMessageContaining("the member that had it may have stored it");
        }
    }

    /** What came while it moved waits for that, however long it takes; and if it doesn't move after all, is run where it was. */
    @Test
    void what_may_run_again_may_do_so_from_when_the_partition_has_come_or_stays(GridDatabase database) {
        try (EmbeddedGrid grid = EmbeddedGrid.start(database, 1, HandedOverTest::patient)) {
            database.execute(SHARD, "ALTER TABLE kv.entries ADD CHECK (value <> 'bad')");
            List<String> keys = grid.keysOn(grid.member(0), SHARD, "key-", 2);
            keys.forEach(
                    key -> assertThatThrownBy(() -> grid.kv().set(key, "bad")).hasMessageContaining("[REFUSED "));
            PartitionGains gains = ((HazelcastInstanceProxy) grid.member(0))
                    .getOriginal()
                    .node
                    .getNodeEngine()
                    .getService(PartitionGains.SERVICE_NAME);

            gains.commitMigration(moved(grid, keys.get(0), MigrationEndpoint.DESTINATION, -1, 0));
            gains.rollbackMigration(moved(grid, keys.get(1), MigrationEndpoint.SOURCE, 0, -1));

            keys.forEach(
                    key -> assertThatThrownBy(() -> grid.kv().set(key, "bad")).hasMessageContaining("[UNKNOWN "));
        }
    }

    private static PartitionMigrationEvent moved(
            EmbeddedGrid grid, String key, MigrationEndpoint end, int from, int to) {
        return new PartitionMigrationEvent(end, partitionOf(grid, key), from, to, UUID.randomUUID());
    }

    /** The next owner may have taken a write already, which this one learns last. */
    @Test
    void no_read_is_answered_from_memory_while_the_partition_is_on_its_way(GridDatabase database) throws Exception {
        try (EmbeddedGrid grid = EmbeddedGrid.start(database, 1, HandedOverTest::patient)) {
            String key = grid.keyOn(grid.member(0), SHARD);
            grid.kv().set(key, "in memory");
            PartitionStateManager partitions = partitionsOf(grid.member(0));
            int partition = partitionOf(grid, key);
            assertThat(partitions.trySetMigratingFlag(partition)).isTrue();
            CompletableFuture<String> get = grid.kv().getAsync(key).toCompletableFuture();

            assertThatThrownBy(() -> get.get(300, TimeUnit.MILLISECONDS)).isInstanceOf(TimeoutException.class);
            partitions.clearMigratingFlag(partition);
            assertThat(get.get(20, TimeUnit.SECONDS)).isEqualTo("in memory");
        }
    }

    private static PartitionStateManager partitionsOf(HazelcastInstance member) {
        return ((InternalPartitionServiceImpl)
                        ((HazelcastInstanceProxy) member).getOriginal().node.getPartitionService())
                .getPartitionStateManager();
    }

    private static int partitionOf(EmbeddedGrid grid, String key) {
        return grid.member(0).getPartitionService().getPartition(key).getPartitionId();
    }

    /** As when a backup is made: what was at the shard then is run again, by the same owner. */
    @Test
    void what_is_not_stored_after_it_stood_still_for_a_backup_is_unknown(GridDatabase database) throws Exception {
        try (EmbeddedGrid grid = EmbeddedGrid.start(database, 1, HandedOverTest::patient)) {
            String key = grid.keyOn(grid.member(0), SHARD);
            grid.kv().set(key, "before");
            PartitionStateManager partitions = partitionsOf(grid.member(0));
            int partition = partitionOf(grid, key);
            CompletableFuture<Void> put;
            try (HeldRow held = HeldRow.of(database, SHARD, key)) {
                put = grid.kv().setAsync(key, "stored").toCompletableFuture();
                await().until(() -> !database.query(
                                SHARD, "SELECT 1 FROM pg_stat_activity WHERE wait_event_type = 'Lock'")
                        .isEmpty());
                assertThat(partitions.trySetMigratingFlag(partition)).isTrue();
                held.letGo();
            }
            await().until(() -> database.query(SHARD, "SELECT value FROM kv.entries WHERE key = '" + key + "'")
                    .contains("stored"));
            database.execute(SHARD, "ALTER TABLE kv.entries ADD CHECK (value <> 'stored') NOT VALID");
            partitions.clearMigratingFlag(partition);

            assertThatThrownBy(() -> put.get(20, TimeUnit.SECONDS)).hasMessageContaining("[UNKNOWN DATABASE_REFUSED]");
        }
    }

    private static void theFirstGivesItsPartitionsUp(EmbeddedGrid grid) {
        grid.member(0).getCluster().demoteLocalDataMember();
        await().atMost(SOON).until(() -> grid.keysOf(grid.member(0), "key-").isEmpty());
    }

    private static void theOldOwnersBatchDoesNotLandAfterTheNewOwners(
            GridDatabase database, int members, Consumer<EmbeddedGrid> handOver) throws Exception {
        theOldOwnersBatchDoesNotLandAfterTheNewOwners(database, members, grid -> {}, handOver);
    }

    private static void theOldOwnersBatchDoesNotLandAfterTheNewOwners(
            GridDatabase database, int members, Consumer<EmbeddedGrid> before, Consumer<EmbeddedGrid> handOver)
            throws Exception {
        try (EmbeddedGrid grid = EmbeddedGrid.start(database, members, HandedOverTest::patient)) {
            grid.awaitSafe();
            HazelcastInstance oldOwner = grid.member(0);
            List<String> inBatchOrder = grid.keysOn(oldOwner, SHARD, "key-", KEYS + 2).stream()
                    .sorted()
                    .toList();
            List<String> gates = inBatchOrder.subList(0, 2);
            List<String> keys = inBatchOrder.subList(2, KEYS + 2);
            gates.forEach(gate -> grid.kv().set(gate, "first"));
            RowHistory history = RowHistory.keep(database, SHARD);
            List<CompletableFuture<?>> old = new ArrayList<>();
            List<CompletableFuture<?>> newer = new ArrayList<>();
            try (HeldRow gathering = HeldRow.of(database, SHARD, gates.get(0));
                    HeldRow held = HeldRow.of(database, SHARD, gates.get(1))) {
                old.add(put(oldOwner, gates.get(0), "old"));
                await().until(() -> waitingBackends(database).size() == 1);
                old.add(put(oldOwner, gates.get(1), "old"));
                keys.forEach(key -> old.add(put(oldOwner, key, "old")));
                await().until(() -> waitingStores(grid) == KEYS + 1);
                gathering.letGo();
                await().until(() -> rows(database, "old").contains(gates.get(0)));
                await().until(() ->
                        waitingStores(grid) == 0 && waitingBackends(database).size() == 1);
                String hanging = waitingBackends(database).get(0);

                before.accept(grid);
                Set<HazelcastInstance> earlier = owners(grid, keys);
                CompletableFuture<Void> handing = CompletableFuture.runAsync(() -> handOver.accept(grid));
                await().atMost(SOON).until(() -> moved(grid, keys, earlier).size() >= KEYS / 4);
                List<String> moved = moved(grid, keys, earlier);
                moved.forEach(key -> newer.add(put(grid.ownersOf(key).get(0), key, "new")));
                await().atMost(SOON)
                        .until(() -> waitingBackends(database).size() > 1
                                || !rows(database, "new").isEmpty());
                held.letGo();

                for (CompletableFuture<?> put : newer) {
                    put.get(60, TimeUnit.SECONDS);
                }
                // Those of a member that has left may have ended with an error.
                await().atMost(SOON).until(() -> old.stream().allMatch(CompletableFuture::isDone));
                handing.get(60, TimeUnit.SECONDS);
                assertThat(history.keysWrittenBy(hanging, "old"))
                        .as("what the hanging batch wrote")
                        .containsAll(moved);
                assertThat(history.keysWrittenLateBy(hanging, "old", "new")).isEmpty();
            }
        }
    }

    /** The batch is to hang for as long as the test likes. One member is a majority, as the other one leaves. */
    private static String patient(String yaml) {
        return yaml.replaceFirst("members: \\d", "members: 1")
                + "connections: {socket-timeout: 30s}\nwrite: {timeout: 40s}\nread: {timeout: 40s}\n";
    }

    private static CompletableFuture<?> put(HazelcastInstance member, String key, String value) {
        return member.<String, String>getMap("kv").setAsync(key, value).toCompletableFuture();
    }

    private static Set<HazelcastInstance> owners(EmbeddedGrid grid, List<String> keys) {
        return keys.stream().flatMap(key -> grid.ownersOf(key).stream()).collect(Collectors.toSet());
    }

    private static List<String> moved(EmbeddedGrid grid, List<String> keys, Set<HazelcastInstance> earlier) {
        return keys.stream()
                .filter(key -> grid.ownersOf(key).size() == 1
                        && !earlier.contains(grid.ownersOf(key).get(0)))
                .toList();
    }

    private static double waitingStores(EmbeddedGrid grid) {
        return grid.meters()
                .get("throughline.queue.waiting")
                .tag("shard", SHARD)
                .tag("lane", "write")
                .gauge()
                .value();
    }

    private static List<String> waitingBackends(GridDatabase database) {
        return database.query(
                SHARD,
                "SELECT pid FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'"
                        + " ORDER BY query_start");
    }

    private static List<String> rows(GridDatabase database, String value) {
        return database.query(SHARD, "SELECT key FROM kv.entries WHERE value = '" + value + "'");
    }
}
