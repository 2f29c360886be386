package io.throughline.member.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.hazelcast.map.IMap;
import com.hazelcast.splitbrainprotection.SplitBrainProtectionException;
import io.throughline.member.MemberProcess;
import io.throughline.member.SharedGrid;
import java.sql.Connection;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(SharedGrid.Once.class)
class KilledMembersTest {

    private final SharedGrid grid;

    KilledMembersTest(SharedGrid grid) {
        this.grid = grid;
    }

    @AfterEach
    void restore() {
        grid.restore();
    }

    /** Without the wait for the fence, the dead member's batch gets its row's lock last and so has the last word. */
    @Test
    void a_batch_that_outlives_its_killed_member_does_not_land_after_the_successors_put() throws Exception {
        String key = grid.freshKey();
        IMap<String, String> kv = grid.client().getMap("kv");
        kv.set(key, "first");
        CompletableFuture<Void> successors;
        try (Connection locker = grid.shards()
                        .connect(grid.shards().shard(grid.shardOf(key)).primary());
                Statement lock = locker.createStatement()) {
            locker.setAutoCommit(false);
            lock.execute("SELECT FROM kv.entries WHERE key = '" + key + "' FOR UPDATE");
            kv.setAsync(key, "of the dead");
            await().until(() ->
                    grid.sqlOf(key).count("SELECT count(*) FROM pg_stat_activity WHERE wait_event_type = 'Lock'") > 0);
            MemberProcess owner = grid.ownerOf(key);
            owner.kill();
            await().atMost(Duration.ofSeconds(30))
                    .ignoreExceptions()
                    .until(() -> !grid.ownerOf(key).address().equals(owner.address()));
            successors = CompletableFuture.runAsync(() -> await().atMost(Duration.ofSeconds(30))
                    .ignoreExceptions()
                    .untilAsserted(() -> kv.set(key, "successor's")));
            locker.rollback();
        }
        successors.join();
        await().during(Duration.ofSeconds(2))
                .atMost(Duration.ofSeconds(10))
                .until(() -> grid.sqlOf(key)
                        .one("SELECT value FROM kv.entries WHERE key = ?", key)
                        .equals("successor's"));
    }

    @Test
    void a_grid_whose_members_were_all_killed_serves_again_and_has_fenced_them() {
        String key = grid.freshKey();
        IMap<String, String> kv = grid.client().getMap("kv");
        kv.set(key, "kept");
        List<Object> before = grid.sqlOf(key).column("SELECT member FROM throughline.writer WHERE NOT fenced");
        grid.members().forEach(MemberProcess::kill);
        grid.restore();
        await().atMost(Duration.ofSeconds(20)).ignoreExceptions().untilAsserted(() -> {
            assertThat(kv.get(key)).isEqualTo("kept");
            kv.set(key, "written again");
        });
        assertThat(grid.sqlOf(key).<Object>column("SELECT member FROM throughline.writer WHERE NOT fenced"))
                .doesNotContainAnyElementsOf(before);
    }

    @Test
    void the_loss_of_one_member_loses_no_entry_from_memory() {
        IMap<String, String> kv = grid.client().getMap("kv");
        List<String> keys =
                IntStream.range(0, 200).mapToObj(i -> grid.freshKey()).toList();
        keys.forEach(key -> kv.set(key, "v"));
        double loadsBefore = loadsOf(2) + loadsOf(3);
        grid.member(1).kill();
        List<String> still =
                keys.stream().filter(key -> "v".equals(kv.get(key))).toList();
        double loads = loadsOf(2) + loadsOf(3) - loadsBefore;
        assertThat(still).hasSize(200);
        assertThat(loads).as("reads that had to ask a shard").isLessThan(200);
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
