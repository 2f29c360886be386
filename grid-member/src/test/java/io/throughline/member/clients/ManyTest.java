package io.throughline.member.clients;

import static org.assertj.core.api.Assertions.assertThat;

import com.hazelcast.core.HazelcastInstance;
import com.hazelcast.map.IMap;
import io.throughline.member.SharedGrid;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Many keys in one call, many clients on one key, many threads at once. */
@ExtendWith(SharedGrid.Once.class)
class ManyTest {

    private static final int KEYS = 1_000;
    private static final int CLIENTS = 16;
    private static final int PUTS_OF_A_CLIENT = 25;
    private static final int THREADS = 64;
    private static final int PUTS_OF_A_THREAD = 100;
    private static final int ROUNDS = 5;

    private final SharedGrid grid;
    private final IMap<String, String> kv;
    private final Rows rows;
    private final String key;

    ManyTest(SharedGrid grid) {
        this.grid = grid;
        this.kv = grid.client().getMap("kv");
        this.rows = new Rows(grid);
        this.key = grid.freshKey();
    }

    @Test
    void a_thousand_entries_at_once() {
        Map<String, String> entries = Stream.generate(grid::freshKey)
                .limit(KEYS)
                .collect(Collectors.toMap(fresh -> fresh, fresh -> "value of " + fresh));

        assertThat(Traffic.during(grid, () -> kv.putAll(entries))).isEqualTo(new Traffic(KEYS, 0));
        assertThat(rows.values("kv", entries.keySet())).isEqualTo(entries);

        kv.evictAll();
        Map<String, String> found = new HashMap<>();
        Traffic traffic = Traffic.during(grid, () -> found.putAll(kv.getAll(entries.keySet())));
        assertThat(found).isEqualTo(entries);
        assertThat(traffic).isEqualTo(new Traffic(0, KEYS));
    }

    @Test
    void sixteen_clients_that_put_one_key_leave_memory_and_row_equal() {
        List<HazelcastInstance> clients =
                Stream.generate(grid::newClient).limit(CLIENTS).toList();
        try {
            atOnce(CLIENTS, number -> putRepeatedly(clients.get(number), number));

            String last = Objects.requireNonNull(kv.get(key));
            assertThat(last).startsWith("put " + (PUTS_OF_A_CLIENT - 1) + " of ");
            rows.assertRow("kv", key, last);
            assertThat(clients)
                    .allSatisfy(
                            client -> assertThat(client.getMap("kv").get(key)).isEqualTo(last));
            kv.evict(key);
            assertThat(kv.get(key)).isEqualTo(last);
        } finally {
            clients.forEach(HazelcastInstance::shutdown);
        }
    }

    private void putRepeatedly(HazelcastInstance client, int number) {
        IMap<String, String> map = client.getMap("kv");
        for (int put = 0; put < PUTS_OF_A_CLIENT; put++) {
            map.put(key, "put " + put + " of client " + number);
        }
    }

    /** Of several rounds the best counts: where others use the processors too, fewer puts are under way at a time. */
    @Test
    void sixty_four_callers_share_commits_with_a_mean_batch_above_four_and_threads() {
        double stackedBefore = grid.everywhere("throughline_stores_stacked_sum");
        List<Double> meanBatches = new ArrayList<>();
        do {
            meanBatches.add(meanBatchOfARound(meanBatches.size()));
        } while (meanBatches.get(meanBatches.size() - 1) <= 4 && meanBatches.size() < ROUNDS);

        assertThat(meanBatches)
                .as("rows in a batch, by round")
                .anySatisfy(mean -> assertThat(mean).isGreaterThan(4));
        assertThat(grid.everywhere("throughline_stores_stacked_sum") - stackedBefore)
                .as("stores that waited on a thread with others")
                .isGreaterThan(THREADS * PUTS_OF_A_THREAD * meanBatches.size() / 2.0);
    }

    private double meanBatchOfARound(int round) {
        double rowsBefore = grid.everywhere("throughline_batch_rows_sum");
        double batchesBefore = grid.everywhere("throughline_batch_rows_count");

        atOnce(THREADS, thread -> putManyKeys(round, thread));

        double stored = grid.everywhere("throughline_batch_rows_sum") - rowsBefore;
        assertThat(stored).isEqualTo(THREADS * PUTS_OF_A_THREAD);
        return stored / (grid.everywhere("throughline_batch_rows_count") - batchesBefore);
    }

    private void putManyKeys(int round, int thread) {
        for (int put = 0; put < PUTS_OF_A_THREAD; put++) {
            kv.set(key + "-" + round + "-" + thread + "-" + put, "v");
        }
    }

    /** Something that one of several threads does. */
    @FunctionalInterface
    private interface Task {
        void run(int thread);
    }

    private static void atOnce(int threads, Task task) {
        ExecutorService executor = Executors.newFixedThreadPool(threads);
        try {
            List<Future<?>> running = new ArrayList<>();
            for (int thread = 0; thread < threads; thread++) {
                int number = thread;
                running.add(executor.submit(() -> task.run(number)));
            }
            for (Future<?> each : running) {
                each.get();
            }
        } catch (ExecutionException | InterruptedException e) {
            throw new AssertionError(e);
        } finally {
            executor.shutdownNow();
        }
    }
}
