package io.throughline.mapstore.writer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.hazelcast.cluster.Member;
import com.hazelcast.core.HazelcastInstance;
import com.hazelcast.map.IMap;
import io.throughline.mapstore.fixture.DelayedMemberList;
import io.throughline.mapstore.fixture.EmbeddedGrid;
import io.throughline.mapstore.fixture.GridDatabase;
import io.throughline.mapstore.fixture.HeldRow;
import io.throughline.mapstore.fixture.SharedShards;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * A member is promoted in the place of one that was killed, while its member list still shows that one. Without what
 * {@link PartitionGains} notes in the promotion itself, the promoted owner stores and loads at once, though a batch of the
 * killed member still holds its right to write.
 */
@ExtendWith(SharedShards.class)
class PromotedOwnersTest {

    private static final int PARTITIONS = 2_400;
    private static final int PROMOTIONS = 1_000;
    private static final List<String> SHARDS = List.of("shard-1", "shard-2");
    private static final Duration SOON = Duration.ofSeconds(30);
    private static final Duration HELD_FOR = Duration.ofSeconds(1);

    @Test
    void in_a_thousand_promotions_no_store_or_load_goes_ahead_of_the_fence(GridDatabase database) throws Exception {
        try (EmbeddedGrid grid = EmbeddedGrid.start(database, 3, yaml -> "partitions: " + PARTITIONS + "\n" + yaml)) {
            int promotions = 0;
            for (int round = 1; promotions < PROMOTIONS; round++) {
                grid.awaitSafe();
                promotions += promoted(grid, database, "round-" + round + "-");
                grid.join();
            }
        }
    }

    /** The oldest member is the master, and only there Hazelcast orders the list before the promotions. */
    private static int promoted(EmbeddedGrid grid, GridDatabase database, String prefix) throws Exception {
        HazelcastInstance promoted = grid.member(1);
        HazelcastInstance killed = grid.member(2);
        Member departed = killed.getCluster().getLocalMember();
        List<String> all = grid.keysOf(killed, prefix);
        List<CompletableFuture<?>> operations = new ArrayList<>();
        int promotions;
        try (HeldRow first = HeldRow.ofWriter(database, SHARDS.get(0), departed.getUuid());
                HeldRow second = HeldRow.ofWriter(database, SHARDS.get(1), departed.getUuid());
                DelayedMemberList list = DelayedMemberList.of(promoted)) {
            grid.kill(killed);
            await().atMost(SOON).until(() -> ownedBy(promoted, grid, all).size() > all.size() / 3);
            List<String> keys = ownedBy(promoted, grid, all);
            promotions = keys.size();
            IMap<String, String> kv = promoted.getMap("kv");
            for (String key : keys) {
                operations.add(
                        (operations.size() % 2 == 0 ? kv.setAsync(key, "v") : kv.getAsync(key)).toCompletableFuture());
            }
            await().atMost(SOON).until(() -> fencersWait(database));
            assertThat(promoted.getCluster().getMembers()).as("its list").contains(departed);
            await().during(HELD_FOR)
                    .atMost(HELD_FOR.multipliedBy(2))
                    .untilAsserted(() -> assertThat(operations)
                            .as("stores and loads before the fence")
                            .noneMatch(CompletableFuture::isDone));
            first.letGo();
            second.letGo();
            list.arrive();
        }
        for (CompletableFuture<?> operation : operations) {
            operation.get(60, TimeUnit.SECONDS);
        }
        assertThat(SHARDS).allSatisfy(shard -> assertFenced(database, shard, departed.getUuid()));
        return promotions;
    }

    private static List<String> ownedBy(HazelcastInstance member, EmbeddedGrid grid, List<String> keys) {
        return keys.stream()
                .filter(key -> grid.ownersOf(key).equals(List.of(member)))
                .toList();
    }

    /** The master's at least, which knows of the departure from its list. */
    private static boolean fencersWait(GridDatabase database) {
        return SHARDS.stream()
                .noneMatch(shard -> database.query(
                                shard,
                                "SELECT pid FROM pg_stat_activity WHERE datname = current_database()"
                                        + " AND wait_event_type = 'Lock'")
                        .isEmpty());
    }

    private static void assertFenced(GridDatabase database, String shard, UUID member) {
        assertThat(database.query(shard, "SELECT fenced FROM throughline.writer WHERE member = '" + member + "'"))
                .containsExactly("t");
    }
}
