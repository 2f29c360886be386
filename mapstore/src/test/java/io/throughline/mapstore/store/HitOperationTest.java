package io.throughline.mapstore.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.hazelcast.core.HazelcastInstance;
import com.hazelcast.map.IMap;
import io.throughline.mapstore.fixture.EmbeddedGrid;
import io.throughline.mapstore.fixture.GridDatabase;
import io.throughline.mapstore.fixture.HeldRow;
import io.throughline.mapstore.fixture.SharedShards;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Gets while a store of their partition waits at the shard. Hazelcast's own would all wait with it. */
@ExtendWith(SharedShards.class)
class HitOperationTest {

    private static final String SHARD = "shard-1";

    private GridDatabase database;
    private EmbeddedGrid grid;
    private HazelcastInstance client;
    private IMap<String, String> kv;
    private String stored;
    private String other;

    @BeforeEach
    void start(GridDatabase gridDatabase) {
        database = gridDatabase;
        grid = EmbeddedGrid.start(database, 1);
        client = grid.newClient();
        kv = client.getMap("kv");
        stored = grid.keyOn(grid.member(0), SHARD);
        other = IntStream.iterate(0, number -> number + 1)
                .mapToObj(number -> "other-" + number)
                .filter(key -> partitionOf(key) == partitionOf(stored))
                .findFirst()
                .orElseThrow();
        kv.set(stored, "before");
        kv.set(other, "before", 60, TimeUnit.SECONDS); // in five it may have expired: then it is no hit
    }

    private int partitionOf(String key) {
        return grid.member(0).getPartitionService().getPartition(key).getPartitionId();
    }

    @AfterEach
    void end() {
        client.shutdown();
        grid.close();
    }

    private CompletionStage<Void> putThatWaits() {
        CompletionStage<Void> put = kv.setAsync(stored, "after");
        await().until(() -> !database.query(SHARD, "SELECT 1 FROM pg_stat_activity WHERE wait_event_type = 'Lock'")
                .isEmpty());
        return put;
    }

    @Test
    void a_hit_is_answered_while_another_key_of_its_partition_is_stored() throws Exception {
        try (HeldRow held = HeldRow.of(database, SHARD, stored)) {
            CompletionStage<Void> put = putThatWaits();
            assertThat(hit(kv)).isEqualTo("before");
            assertThat(hit(grid.kv())).isEqualTo("before");
            assertThat(put.toCompletableFuture()).isNotDone();
            held.letGo();
            put.toCompletableFuture().get(20, TimeUnit.SECONDS);
        }
    }

    private String hit(IMap<String, String> map) throws Exception {
        return map.getAsync(other).toCompletableFuture().get(3, TimeUnit.SECONDS);
    }

    /** Who has sent a put, and then a get without waiting for it, finds what was put. */
    @Test
    void a_get_comes_after_the_put_of_its_own_key_that_was_sent_before_it() throws Exception {
        try (HeldRow held = HeldRow.of(database, SHARD, stored)) {
            CompletionStage<Void> put = putThatWaits();
            CompletionStage<String> get = kv.getAsync(stored);
            assertThat(hit(kv)).isEqualTo("before"); // it came later, on the same connection
            assertThat(get.toCompletableFuture()).isNotDone();
            held.letGo();
            assertThat(get.toCompletableFuture().get(20, TimeUnit.SECONDS)).isEqualTo("after");
            put.toCompletableFuture().get(20, TimeUnit.SECONDS);
        }
    }

    /** It may be about any key. */
    @Test
    void a_get_comes_after_what_writes_many_keys() throws Exception {
        try (HeldRow held = HeldRow.of(database, SHARD, stored)) {
            CompletionStage<Void> put = putThatWaits();
            CompletionStage<Void> many = kv.setAllAsync(Map.of(other, "after"));
            CompletionStage<String> get = kv.getAsync(other);
            held.letGo();
            assertThat(get.toCompletableFuture().get(20, TimeUnit.SECONDS)).isEqualTo("after");
            many.toCompletableFuture().get(20, TimeUnit.SECONDS);
            put.toCompletableFuture().get(20, TimeUnit.SECONDS);
        }
    }

    @Test
    void what_is_not_in_memory_is_loaded() {
        kv.evict(other);
        assertThat(kv.get(other)).isEqualTo("before");
        assertThat(kv.get("never-put")).isNull();
    }
}
