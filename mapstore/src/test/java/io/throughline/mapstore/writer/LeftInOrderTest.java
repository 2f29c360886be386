package io.throughline.mapstore.writer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.hazelcast.core.HazelcastInstance;
import com.hazelcast.map.IMap;
import io.throughline.localpostgres.Node;
import io.throughline.mapstore.fixture.EmbeddedGrid;
import io.throughline.mapstore.fixture.GridDatabase;
import io.throughline.mapstore.fixture.SharedShards;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A member that leaves in order fences itself, last of all: whoever starts next has no one to watch. */
@ExtendWith(SharedShards.class)
class LeftInOrderTest {

    private static final List<String> SHARDS = List.of("shard-1", "shard-2");
    private static final int WRITERS = 4;

    /** With two members, as neither of them alone may fence the other: the row says who did. */
    @Test
    void a_grid_that_left_in_order_leaves_a_newcomer_no_writer_to_watch(GridDatabase database) throws SQLException {
        try (EmbeddedGrid grid = EmbeddedGrid.start(database, 2)) {
            grid.shutDown(grid.member(1));
            grid.shutDown(grid.member(0));

            for (String shard : SHARDS) {
                assertThat(watchedByNewcomers(database, shard)).as(shard).isEmpty();
                assertThat(database.query(shard, "SELECT fenced_by = member FROM throughline.writer"))
                        .containsExactly("t", "t");
            }

            grid.join();
            grid.join();
            grid.awaitSafe();
            grid.kv().set("after", "the restart");
            for (String shard : SHARDS) {
                assertThat(database.query(shard, "SELECT member FROM throughline.writer WHERE fenced_by <> member"))
                        .as("whom newcomers had to fence on " + shard)
                        .isEmpty();
            }
        }
    }

    /** What a newcomer asks for before its first statement. */
    private static List<WriterSql.Stranger> watchedByNewcomers(GridDatabase database, String shard)
            throws SQLException {
        try (Connection connection = database.connect(shard)) {
            return WriterSql.strangers(connection, Set.of());
        }
    }

    @Test
    void one_that_is_terminated_is_left_to_the_others(GridDatabase database) throws SQLException {
        try (EmbeddedGrid grid = EmbeddedGrid.start(database, 1)) {
            grid.kill(grid.member(0));

            for (String shard : SHARDS) {
                assertThat(watchedByNewcomers(database, shard)).as(shard).hasSize(1);
            }
        }
    }

    @Test
    void a_shard_that_does_not_answer_holds_up_neither_the_shutdown_nor_the_others(GridDatabase database)
            throws Exception {
        try (EmbeddedGrid grid = EmbeddedGrid.start(database, 1)) {
            Node hung = database.shards().shard("shard-1").primary();
            database.shards().pause(hung);
            try {
                CompletableFuture.runAsync(() -> grid.shutDown(grid.member(0))).get(20, TimeUnit.SECONDS);

                assertThat(watchedByNewcomers(database, "shard-2")).isEmpty();
            } finally {
                database.shards().resume(hung);
            }
        }
    }

    /** Stores go on until the partitions have been handed over, and a fence before that would refuse them. */
    @Test
    void no_store_is_refused_because_its_member_leaves(GridDatabase database) throws Exception {
        try (EmbeddedGrid grid = EmbeddedGrid.start(database, 3)) {
            grid.awaitSafe();
            HazelcastInstance leaving = grid.member(2);
            HazelcastInstance client = grid.newClient();
            Load load = new Load(client.getMap("kv"), grid.keysOf(leaving, "leaving-"));
            load.awaitMore();
            grid.shutDown(leaving);
            load.awaitMore();
            load.stop();
            client.shutdown();

            assertThat(load.failures).noneMatch(failure -> failure.contains("FENCED"));
            for (String shard : SHARDS) {
                assertThat(database.query(shard, "SELECT member FROM throughline.writer WHERE fenced"))
                        .as(shard)
                        .hasSize(1);
            }
        }
    }

    /** Threads that put the keys of one member again and again, and note what failed. */
    private static final class Load {

        private final AtomicBoolean stopped = new AtomicBoolean();
        private final AtomicLong puts = new AtomicLong();
        private final Queue<String> failures = new ConcurrentLinkedQueue<>();
        private final List<Thread> writers = new ArrayList<>();

        Load(IMap<String, String> map, List<String> keys) {
            for (int number = 0; number < WRITERS; number++) {
                int first = number;
                Thread writer = new Thread(() -> write(map, keys, first), "writer-" + number);
                writers.add(writer);
                writer.start();
            }
        }

        private void write(IMap<String, String> map, List<String> keys, int first) {
            for (int number = first; !stopped.get(); number += WRITERS) {
                try {
                    map.set(keys.get(number % keys.size()), "v" + number);
                    puts.incrementAndGet();
                } catch (RuntimeException e) {
                    failures.add(e.toString());
                }
            }
        }

        void awaitMore() {
            long before = puts.get();
            await().until(() -> puts.get() > before + 200);
        }

        void stop() throws InterruptedException {
            stopped.set(true);
            for (Thread writer : writers) {
                writer.join();
            }
        }
    }
}
