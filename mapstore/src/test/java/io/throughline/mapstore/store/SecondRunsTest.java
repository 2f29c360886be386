package io.throughline.mapstore.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.hazelcast.internal.serialization.Data;
import com.hazelcast.map.impl.operation.MapOperation;
import com.hazelcast.map.impl.operation.MapOperationProvider;
import io.throughline.mapstore.fixture.EmbeddedGrid;
import io.throughline.mapstore.fixture.GridDatabase;
import io.throughline.mapstore.fixture.HeldRow;
import io.throughline.mapstore.fixture.RowHistory;
import io.throughline.mapstore.fixture.SharedShards;
import io.throughline.mapstore.fixture.TwoRuns;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.BiFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * What Hazelcast does when it hears twice that an operation's member has left. Four of these
 * are never answered where a run's handler stays on the operation; both puts at the shard are stored twice where the second run isn't called off.
 */
@ExtendWith(SharedShards.class)
class SecondRunsTest {

    private static final String SHARD = "shard-1";

    @Test
    void a_put_that_is_run_again_while_it_is_stored_is_stored_once_and_answered(GridDatabase database)
            throws Exception {
        assertStoredOnce(database, TwoRuns::begin, put -> {});
    }

    /** Its response handler is a new one then, which knows nothing of the first run. */
    @Test
    void a_put_that_is_begun_again_when_it_is_at_the_shard_is_stored_once(GridDatabase database) throws Exception {
        assertStoredOnce(database, TwoRuns::beginFirst, TwoRuns::beginSecond);
    }

    private interface Begin {
        CompletableFuture<Object> of(TwoRuns put, BiFunction<MapOperationProvider, Data, MapOperation> make)
                throws ReflectiveOperationException, InterruptedException;
    }

    private interface AtTheShard {
        void with(TwoRuns put) throws ReflectiveOperationException, InterruptedException;
    }

    private static void assertStoredOnce(GridDatabase database, Begin begin, AtTheShard then) throws Exception {
        try (EmbeddedGrid grid = EmbeddedGrid.start(database, 1)) {
            String key = grid.keyOn(grid.member(0), SHARD);
            grid.kv().set(key, "before");
            RowHistory history = RowHistory.keep(database, SHARD);
            TwoRuns put = new TwoRuns(grid.member(0), key);
            try (HeldRow held = HeldRow.of(database, SHARD, key)) {
                CompletableFuture<Object> answer = begin.of(
                        put,
                        (operations, data) -> operations.createSetOperation("kv", data, put.data("twice"), -1, -1));
                await().until(() -> waitingBackends(database) == 1);
                then.with(put);
                held.letGo();
                answer.get(20, TimeUnit.SECONDS);
            }

            grid.kv().setAsync(key, "after").toCompletableFuture().get(20, TimeUnit.SECONDS);
            assertThat(history.valuesOf(key)).containsExactly("twice", "after");
            assertThat(grid.kv().get(key)).isEqualTo("after");
        }
    }

    private static int waitingBackends(GridDatabase database) {
        return database.query(SHARD, "SELECT 1 FROM pg_stat_activity WHERE wait_event_type = 'Lock'")
                .size();
    }

    @Test
    void a_get_that_is_run_again_while_it_is_loaded_is_answered(GridDatabase database) throws Exception {
        try (EmbeddedGrid grid = EmbeddedGrid.start(database, 1)) {
            String key = grid.keyOn(grid.member(0), SHARD);
            grid.kv().set(key, "v");
            grid.kv().evict(key);

            TwoRuns get = new TwoRuns(grid.member(0), key);
            Object found = get.begin((operations, data) -> operations.createGetOperation("kv", data))
                    .get(20, TimeUnit.SECONDS);

            assertThat(get.object(found)).isEqualTo("v");
            assertThat(grid.kv().get(key)).isEqualTo("v");
        }
    }

    /** The first run, which has loaded what it is about to replace, must not be taken for a second one. */
    @Test
    void a_put_that_loads_first_and_is_run_again_in_a_busy_partition_is_answered(GridDatabase database)
            throws Exception {
        try (EmbeddedGrid grid = EmbeddedGrid.start(database, 1)) {
            String key = grid.keyOn(grid.member(0), SHARD);
            grid.kv().set(key, "before");
            grid.kv().evict(key);
            RowHistory history = RowHistory.keep(database, SHARD);

            TwoRuns put = new TwoRuns(grid.member(0), key);
            String neighbour = put.neighbour(grid.member(0));
            Object old = put.begin(
                            (operations, data) -> operations.createPutOperation("kv", data, put.data("twice"), -1, -1),
                            () -> grid.kv().setAsync(neighbour, "v"))
                    .get(20, TimeUnit.SECONDS);

            assertThat(put.object(old)).isEqualTo("before");
            grid.kv().setAsync(key, "after").toCompletableFuture().get(20, TimeUnit.SECONDS);
            assertThat(history.valuesOf(key)).containsExactly("twice", "after");
        }
    }

    /** What waits behind the first run keeps the second one from beginning, but not from changing who is answered. */
    @Test
    void a_get_that_is_run_again_in_a_busy_partition_is_answered(GridDatabase database) throws Exception {
        try (EmbeddedGrid grid = EmbeddedGrid.start(database, 1)) {
            String key = grid.keyOn(grid.member(0), SHARD);
            grid.kv().set(key, "v");
            grid.kv().evict(key);

            TwoRuns get = new TwoRuns(grid.member(0), key);
            String neighbour = get.neighbour(grid.member(0));
            Object found = get.begin(
                            (operations, data) -> operations.createGetOperation("kv", data),
                            () -> grid.kv().setAsync(neighbour, "v"))
                    .get(20, TimeUnit.SECONDS);

            assertThat(get.object(found)).isEqualTo("v");
        }
    }
}
