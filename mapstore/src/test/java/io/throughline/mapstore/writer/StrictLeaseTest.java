package io.throughline.mapstore.writer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.hazelcast.core.HazelcastInstance;
import com.hazelcast.map.IMap;
import io.throughline.mapstore.fixture.EmbeddedGrid;
import io.throughline.mapstore.fixture.GridDatabase;
import io.throughline.mapstore.fixture.SharedShards;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * With {@code strict-lease} nobody writes what a lost member owned until all that it may still serve has expired. Where it
 * is off, the first of these puts are acknowledged after less than a second.
 */
@ExtendWith(SharedShards.class)
class StrictLeaseTest {

    private static final Duration TTL = Duration.ofSeconds(5);
    private static final int KEYS = 20;

    @Test
    void what_a_lost_member_owned_is_not_written_for_one_ttl_and_everything_else_at_once(GridDatabase database)
            throws Exception {
        try (EmbeddedGrid grid = EmbeddedGrid.start(database, 3, yaml -> "strict-lease: true\n" + yaml)) {
            grid.awaitSafe();
            HazelcastInstance lost = grid.member(2);
            List<String> inherited = grid.keysOn(lost, "shard-1", "inherited-", KEYS);
            List<String> kept = grid.keysOn(grid.member(0), "shard-1", "kept-", KEYS);
            IMap<String, String> kv = grid.kv();

            // Hazelcast has a map's first operations wait until it knows that nothing is to be loaded ahead.
            inherited.forEach(key -> kv.set(key, "before"));
            kept.forEach(key -> kv.set(key, "before"));

            long killed = System.nanoTime();
            grid.kill(lost);
            await().atMost(Duration.ofSeconds(20))
                    .until(() -> inherited.stream()
                            .allMatch(key -> !grid.ownersOf(key).isEmpty()));
            List<CompletableFuture<Long>> inheritedAfter = writtenAfter(kv, inherited, killed);
            List<CompletableFuture<Long>> keptAfter = writtenAfter(kv, kept, killed);

            for (CompletableFuture<Long> nanos : keptAfter) {
                nanos.get(30, TimeUnit.SECONDS);
            }
            assertThat(inheritedAfter).noneMatch(CompletableFuture::isDone);
            assertThat(rows(database, "inherited-")).isZero();
            for (CompletableFuture<Long> nanos : inheritedAfter) {
                assertThat(nanos.get(30, TimeUnit.SECONDS)).isGreaterThan(TTL.toNanos());
            }
        }
    }

    private static List<CompletableFuture<Long>> writtenAfter(IMap<String, String> kv, List<String> keys, long nanos) {
        return keys.stream()
                .map(key ->
                        kv.setAsync(key, "after").toCompletableFuture().thenApply(done -> System.nanoTime() - nanos))
                .toList();
    }

    private static int rows(GridDatabase database, String prefix) {
        return database.query(
                        "shard-1", "SELECT key FROM kv.entries WHERE key LIKE '" + prefix + "%' AND value = 'after'")
                .size();
    }
}
