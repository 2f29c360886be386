package io.throughline.mapstore.batch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.throughline.mapstore.RefusedException;
import io.throughline.mapstore.ThroughlineException;
import io.throughline.mapstore.config.GridMapConfig;
import io.throughline.mapstore.config.ValueFormat;
import io.throughline.mapstore.row.ColumnValue;
import io.throughline.mapstore.row.RowOperation;
import io.throughline.mapstore.row.RowOperation.Verb;
import io.throughline.mapstore.statement.MapTable;
import io.throughline.mapstore.statement.RowWrite;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class StackedStoresTest {

    private static final MapTable KV = MapTable.of(new GridMapConfig("kv", ValueFormat.TEXT, "kv", 1 << 20));
    private static final int BATCH_LIMIT = 100;
    private static final Duration LONG = Duration.ofSeconds(30);

    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final List<Integer> heights = Collections.synchronizedList(new ArrayList<>());
    private volatile int weight = 1;
    private volatile boolean noThreads;
    private final StackedStores stacked = new StackedStores(this::execute, heights::add);
    private final List<List<String>> batches = Collections.synchronizedList(new ArrayList<>());
    private final Semaphore mayEnd = new Semaphore(0);
    private final CountDownLatch firstBegan = new CountDownLatch(1);
    private final Map<String, Thread> threadsOfStores = new ConcurrentHashMap<>();
    private final Map<String, ThroughlineException> failures = new ConcurrentHashMap<>();
    private final Set<String> ended = ConcurrentHashMap.newKeySet();
    private final Lane<PendingWrite> lane = new Lane<>(
            "lane under test", new LaneLimits(1_000, BATCH_LIMIT, false, Duration.ofSeconds(5)), this::commit, stacked);

    private List<PendingWrite> commit(List<PendingWrite> batch) {
        batches.add(batch.stream().map(Pending::key).toList());
        firstBegan.countDown();
        mayEnd.acquireUninterruptibly();
        batch.forEach(Pending::succeed);
        return List.of();
    }

    private void execute(Runnable task) {
        if (noThreads) {
            throw new RejectedExecutionException("as if the pool were full");
        }
        new Thread(task).start(); // none comes again, so that threads tell stacks apart
    }

    @BeforeEach
    void keepTheLaneAtWork() throws InterruptedException {
        threads.execute(() -> store("first", LONG));
        firstBegan.await();
    }

    @AfterEach
    void close() {
        mayEnd.release(1_000);
        lane.close();
        threads.shutdownNow();
    }

    /** As GridMapStore does it. */
    private void store(String key, Duration timeout) {
        threadsOfStores.put(key, Thread.currentThread());
        RowOperation operation = new RowOperation(Verb.PUT, "kv", key, 7, "shard-1");
        PendingWrite write = new PendingWrite(new RowWrite(operation, KV, new ColumnValue("v", weight), null), timeout);
        assertThat(lane.offer(write)).isTrue();
        try {
            ShardLanes.await(write);
        } catch (ThroughlineException e) {
            failures.put(key, e);
        }
        ended.add(key);
    }

    private static List<String> keys(int count) {
        return IntStream.range(0, count).mapToObj(i -> "k" + i).toList();
    }

    private void beginLater(List<String> keys, Duration timeout) {
        keys.forEach(key -> assertThat(lane.beginLater(() -> store(key, timeout), () -> false))
                .isTrue());
    }

    @Test
    void stores_that_come_during_a_batch_wait_for_the_next_one_on_one_thread() {
        List<String> keys = keys(20);
        beginLater(keys, LONG);
        assertThat(threadsOfStores).as("begun before the lane gathers").containsOnlyKeys("first");
        assertThat(lane.waiting()).isEqualTo(20);
        mayEnd.release();
        await().untilAsserted(() -> assertThat(batches).hasSize(2));
        assertThat(batches.get(1)).isEqualTo(keys);
        assertThat(ended).as("acknowledged before their commit").doesNotContainAnyElementsOf(keys);
        mayEnd.release();
        await().untilAsserted(() -> assertThat(ended).containsAll(keys));
        assertThat(keys.stream().map(threadsOfStores::get).distinct()).hasSize(1);
        assertThat(heights).containsExactly(20);
        assertThat(lane.waiting()).isZero();
    }

    @Test
    void a_stack_is_only_so_high_and_the_rest_gets_others() {
        List<String> keys = keys(150);
        beginLater(keys, LONG);
        mayEnd.release(1_000);
        await().untilAsserted(() -> assertThat(ended).containsAll(keys));
        assertThat(heights).containsExactly(64, 36, 50);
        assertThat(batches).extracting(List::size).containsExactly(1, 100, 50);
    }

    /** A store that its lane doesn't begin has no timeout that runs. */
    @Test
    void stores_that_a_hanging_lane_does_not_begin_get_threads_and_so_a_timeout() {
        List<String> keys = keys(20);
        beginLater(keys, Duration.ofMillis(50));
        stacked.look();
        assertThat(threadsOfStores).as("the lane may be about to begin them").containsOnlyKeys("first");
        stacked.look();
        await().untilAsserted(() -> assertThat(ended).containsAll(keys));
        assertThat(failures)
                .containsOnlyKeys(keys)
                .allSatisfy((key, failure) -> assertThat(failure).isInstanceOf(RefusedException.class));
        assertThat(keys.stream().map(threadsOfStores::get).distinct()).hasSizeGreaterThan(1);
    }

    @Test
    void a_store_that_writes_nothing_keeps_no_other_from_beginning() {
        beginLater(keys(2), LONG);
        assertThat(lane.beginLater(() -> ended.add("nothing to write"), () -> false))
                .isTrue();
        assertThat(lane.beginLater(() -> store("last", LONG), () -> false)).isTrue();
        mayEnd.release(1_000);
        await().untilAsserted(() -> assertThat(ended).contains("k0", "k1", "nothing to write", "last"));
        assertThat(batches.get(1)).containsExactly("k0", "k1", "last");
    }

    @Test
    void a_store_that_does_not_come_to_its_wait_keeps_no_batch_waiting() {
        CountDownLatch hangs = new CountDownLatch(1);
        assertThat(lane.beginLater(() -> awaitQuietly(hangs), () -> false)).isTrue();
        mayEnd.release(1_000);
        await().untilAsserted(() -> assertThat(ended).contains("first"));
        threads.execute(() -> store("another", LONG));
        await().untilAsserted(() -> assertThat(ended).contains("another"));
        hangs.countDown();
    }

    /** The others would have to wait until its partition has moved. */
    @Test
    void a_store_whose_partition_is_on_its_way_by_then_begins_alone() {
        AtomicBoolean onItsWay = new AtomicBoolean();
        assertThat(lane.beginLater(() -> store("moving", LONG), onItsWay::get)).isTrue();
        beginLater(keys(2), LONG);
        onItsWay.set(true);
        mayEnd.release(1_000);
        await().untilAsserted(() -> assertThat(ended).contains("k0", "k1", "moving"));
        assertThat(threadsOfStores.get("k0")).isSameAs(threadsOfStores.get("k1"));
        assertThat(threadsOfStores.get("moving")).isNotSameAs(threadsOfStores.get("k0"));
    }

    /** Else it would wait for more batches than its own. */
    @Test
    void a_stack_weighs_no_more_than_a_batch() {
        beginLater(keys(20), LONG);
        weight = (int) (Lane.BATCH_BYTES / 8);
        mayEnd.release(1_000);
        await().untilAsserted(() -> assertThat(ended).containsAll(keys(20)));
        assertThat(batches).extracting(List::size).startsWith(1, 8);
        assertThat(heights)
                .startsWith(8)
                .allSatisfy(height -> assertThat(height).isLessThanOrEqualTo(8));
    }

    @Test
    void a_store_that_throws_ends_nobodys_wait() {
        beginLater(keys(2), LONG);
        assertThat(lane.beginLater(
                        () -> {
                            throw new StackOverflowError("as if");
                        },
                        () -> false))
                .isTrue();
        assertThat(lane.beginLater(() -> store("last", LONG), () -> false)).isTrue();
        mayEnd.release(1_000);
        await().untilAsserted(() -> assertThat(ended).contains("k0", "k1", "last"));
        assertThat(failures).isEmpty();
    }

    /** Where it were dropped, all that follows in its partition would wait for ever. */
    @Test
    void a_store_for_which_there_is_no_thread_now_begins_when_there_is_one() {
        noThreads = true;
        beginLater(keys(3), LONG);
        stacked.look();
        stacked.look();
        assertThat(stacked.size()).isEqualTo(3);
        mayEnd.release(1_000);
        await().untilAsserted(() -> assertThat(ended).contains("first"));
        assertThat(ended).doesNotContain("k0", "k1", "k2");
        noThreads = false;
        await().untilAsserted(() -> assertThat(ended).contains("k0", "k1", "k2"));
    }

    /** Else those that were committed long ago would wait with what comes after. */
    @Test
    void a_stack_that_its_lane_has_left_begins_no_more() {
        CountDownLatch hangs = new CountDownLatch(1);
        beginLater(List.of("k0"), LONG);
        assertThat(lane.beginLater(() -> awaitQuietly(hangs), () -> false)).isTrue();
        mayEnd.release();
        await().untilAsserted(() -> assertThat(batches).contains(List.of("k0")));
        beginLater(List.of("late"), LONG);
        hangs.countDown();
        mayEnd.release();
        await().untilAsserted(() -> assertThat(ended).contains("k0"));
        mayEnd.release(1_000);
        await().untilAsserted(() -> assertThat(ended).contains("late"));
        assertThat(threadsOfStores.get("late")).isNotSameAs(threadsOfStores.get("k0"));
    }

    @Test
    void an_idle_lane_takes_nothing_to_begin_later() {
        mayEnd.release(1_000);
        await().untilAsserted(() -> assertThat(ended).contains("first"));
        await().until(() -> !lane.beginLater(() -> {}, () -> false));
    }

    @Test
    void nothing_is_left_behind_when_many_meet_a_lane_that_falls_asleep() {
        mayEnd.release(1_000_000);
        int count = 20_000;
        for (int i = 0; i < count; i++) {
            String key = "n" + i;
            if (!lane.beginLater(() -> store(key, LONG), () -> false)) {
                threads.execute(() -> store(key, LONG));
            }
        }
        await().untilAsserted(() -> assertThat(ended).hasSize(count + 1));
        assertThat(failures).isEmpty();
        assertThat(lane.waiting()).isZero();
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
