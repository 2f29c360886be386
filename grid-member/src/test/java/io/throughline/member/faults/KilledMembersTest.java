package io.throughline.member.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.hazelcast.map.IMap;
import com.hazelcast.splitbrainprotection.SplitBrainProtectionException;
import io.throughline.member.MemberProcess;
import io.throughline.member.SharedGrid;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(SharedGrid.Once.class)
class KilledMembersTest {

    private static final String SHARD = "shard-1";

    private final SharedGrid grid;

    KilledMembersTest(SharedGrid grid) {
        this.grid = grid;
    }

    @AfterEach
    void restore() {
        grid.restore();
    }

    /**
     * The batch waits for another row, before it has touched the one that the successor writes. Without the wait for the
     * fence the successor writes at once, and the dead member's batch has the last word.
     */
    @Test
    void a_batch_that_outlives_its_killed_member_does_not_land_after_the_successors_put() throws Exception {
        List<String> inBatchOrder = keysOfFirstMember(3);
        String gathering = inBatchOrder.get(0);
        String held = inBatchOrder.get(1);
        String key = inBatchOrder.get(2);
        IMap<String, String> kv = grid.client().getMap("kv");
        inBatchOrder.forEach(each -> kv.set(each, "first"));
        CompletableFuture<Void> successors;
        try (Connection firstLock = locked(gathering);
                Connection secondLock = locked(held)) {
            kv.setAsync(gathering, "of the dead");
            await().until(() -> backendsThatWait() == 1);
            kv.setAsync(held, "of the dead");
            kv.setAsync(key, "of the dead");
            await().until(() -> storesThatWait() == 2);
            firstLock.rollback();
            await().until(() -> row(gathering).equals("of the dead"));
            await().until(() -> storesThatWait() == 0 && backendsThatWait() == 1);
            grid.member(1).kill();
            successors = CompletableFuture.runAsync(() -> await().atMost(Duration.ofSeconds(60))
                    .ignoreExceptions()
                    .untilAsserted(() -> kv.set(key, "successor's")));
            await().atMost(Duration.ofSeconds(30))
                    .until(() -> backendsThatWait() > 1 || row(key).equals("successor's"));
            secondLock.rollback();
        }
        successors.join();
        assertThat(row(held)).isEqualTo("of the dead");
        assertThat(row(key)).isEqualTo("successor's");
    }

    /** On shard-1, each of another partition, in the order of a batch. */
    private List<String> keysOfFirstMember(int count) {
        Set<Integer> partitions = new HashSet<>();
        return grid.freshKeysOn(SHARD, 200).stream()
                .filter(key -> grid.ownerOf(key).equals(grid.member(1)))
                .filter(key -> partitions.add(
                        grid.client().getPartitionService().getPartition(key).getPartitionId()))
                .limit(count)
                .sorted()
                .toList();
    }

    private Connection locked(String key) throws SQLException {
        Connection locker = grid.shards().connect(grid.shards().shard(SHARD).primary());
        locker.setAutoCommit(false);
        try (Statement lock = locker.createStatement()) {
            lock.execute("SELECT FROM kv.entries WHERE key = '" + key + "' FOR UPDATE");
        }
        return locker;
    }

    private long backendsThatWait() {
        return grid.sql(SHARD)
                .count(
                        "SELECT count(*) FROM pg_stat_activity WHERE datname = 'throughline' AND wait_event_type = 'Lock'");
    }

    private double storesThatWait() {
        return grid.metrics(1).sum("throughline_queue_waiting", "shard=\"" + SHARD + "\"", "lane=\"write\"");
    }

    private String row(String key) {
        return grid.sql(SHARD)
                .one("SELECT value FROM kv.entries WHERE key = ?", key)
                .toString();
    }

    @Test
    void a_grid_whose_members_were_all_killed_serves_again_and_has_fenced_them() {
        String key = grid.freshKey();
        IMap<String, String> kv = grid.client().getMap("kv");
        kv.set(key, "kept");
        List<Object> before = grid.sqlOf(key).column("SELECT member FROM throughline.writer WHERE NOT fenced");
        MemberProcess first = grid.member(1);
        String address = first.address();
        grid.members().forEach(MemberProcess::kill);
        grid.restore();
        assertThat(first.exitCode()).isCompletedWithValue(128 + 9);
        assertThat(grid.member(1).address()).isEqualTo(address);
        await().atMost(Duration.ofSeconds(20)).ignoreExceptions().untilAsserted(() -> {
            assertThat(kv.get(key)).isEqualTo("kept");
            kv.set(key, "written again");
        });
        assertThat(grid.sqlOf(key).<Object>column("SELECT member FROM throughline.writer WHERE NOT fenced"))
                .doesNotContainAnyElementsOf(before);
    }

    /** With {@code backup-count: 1} about a third of the keys would be loaded again. */
    @Test
    void the_third_keeps_every_entry_in_memory_when_two_are_lost_at_once_and_refuses_until_they_are_back() {
        IMap<String, String> kv = grid.client().getMap("kv");
        List<String> keys =
                IntStream.range(0, 200).mapToObj(i -> grid.freshKey()).toList();
        keys.forEach(key -> kv.set(key, "v", 5, TimeUnit.MINUTES));
        double loadsBefore = loadsOf(3);

        grid.member(1).kill();
        grid.member(2).kill();
        await().atMost(Duration.ofSeconds(30))
                .untilAsserted(() -> assertThatThrownBy(() -> kv.get(keys.get(0)))
                        .isInstanceOf(SplitBrainProtectionException.class));
        grid.restore();

        assertThat(keys).allSatisfy(key -> assertThat(kv.get(key)).isEqualTo("v"));
        assertThat(loadsOf(1) + loadsOf(2) + loadsOf(3) - loadsBefore)
                .as("reads that had to ask a shard")
                .isZero();
    }

    private double loadsOf(int number) {
        return grid.metrics(number).sum("throughline_load_keys_sum");
    }
}
