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
import java.util.concurrent.atomic.AtomicInteger;
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
    private final Set<String> onTheirWay = ConcurrentHashMap.newKeySet();
    private final AtomicInteger cutOffs = new AtomicInteger();
    private final List<List<String>> batches = Collections.synchronizedList(new ArrayList<>());
    private final Semaphore mayEnd = new Semaphore(0);
    private final CountDownLatch firstBegan = new CountDownLatch(1);
    private final Map<String, Thread> threadsOfStores = new ConcurrentHashMap<>();
    private final Map<String, ThroughlineException> failures = new ConcurrentHashMap<>();
    private final Set<String> ended = ConcurrentHashMap.newKeySet();
    private final Lane<PendingWrite> lane = new Lane<>(
            "lane under test",
            new LaneLimits(1_000, BATCH_LIMIT, false, Duration.ofSeconds(5)),
            new Commits(),
            this::execute,
            heights::add);

    /** Each takes a permit, and what belongs to a partition on its way has to wait. */
    private final class Commits implements LaneWork<PendingWrite> {

        @Override
        public List<PendingWrite> apply(List<PendingWrite> batch) {
            batches.add(batch.stream().map(Pending::key).toList());
            firstBegan.countDown();
            mayEnd.acquireUninterruptibly();
            List<PendingWrite> later = batch.stream()
                    .filter(write -> onTheirWay.contains(write.key()) && write.wanted())
                    .toList();
            batch.stream().filter(write -> !later.contains(write)).forEach(Pending::succeed);
            return later;
        }

        @Override
        public void cutOff() {
            cutOffs.incrementAndGet();
        }
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
        onTheirWay.clear();
        mayEnd.release(1_000_000);
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
            lane.await(write);
        } catch (ThroughlineException e) {
            failures.put(key, e);
        }
        ended.add(key);
    }

    private static List<String> keys(int count) {
        return IntStream.range(0, count).mapToObj(i -> "k" + i).toList();
    }

    private void beginLater(List<String> keys, Duration timeout) {
        keys.forEach(key ->
                assertThat(lane.begin(() -> store(key, timeout), () -> false)).isTrue());
    }

    @Test
    void stores_that_come_during_a_batch_wait_for_the_next_one_on_the_lanes_own_thread() {
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
        assertThat(keys).allSatisfy(this::isBegunByTheLane);
        assertThat(heights).containsExactly(20);
        assertThat(lane.waiting()).isZero();
    }

    private void isBegunByTheLane(String key) {
        assertThat(threadsOfStores.get(key)).as(key).extracting(Thread::getName).isEqualTo("lane under test");
    }

    @Test
    void a_lone_store_is_begun_by_the_lane_and_waits_for_no_other_thread() {
        mayEnd.release();
        await().untilAsserted(() -> assertThat(ended).contains("first"));
        beginLater(List.of("lone"), LONG);
        await().untilAsserted(() -> assertThat(batches).hasSize(2));
        assertThat(ended).doesNotContain("lone");
        mayEnd.release();
        await().untilAsserted(() -> assertThat(ended).contains("lone"));
        isBegunByTheLane("lone");
    }

    @Test
    void a_stack_is_no_higher_than_a_batch_is_large() {
        List<String> keys = keys(150);
        beginLater(keys, LONG);
        mayEnd.release(1_000);
        await().untilAsserted(() -> assertThat(ended).containsAll(keys));
        assertThat(heights).containsExactly(100, 50);
        assertThat(batches).extracting(List::size).containsExactly(1, 100, 50);
    }

    /** A store that its lane doesn't begin has no timeout that runs. */
    @Test
    void stores_that_a_hanging_lane_does_not_begin_get_threads_and_so_a_timeout() {
        List<String> keys = keys(20);
        beginLater(keys, Duration.ofMillis(50));
        lane.look();
        assertThat(threadsOfStores).as("the lane may be about to begin them").containsOnlyKeys("first");
        lane.look();
        await().untilAsserted(() -> assertThat(ended).containsAll(keys));
        assertThat(failures)
                .containsOnlyKeys(keys)
                .allSatisfy((key, failure) -> assertThat(failure).isInstanceOf(RefusedException.class));
        assertThat(keys.stream().map(threadsOfStores::get).distinct()).hasSizeGreaterThan(1);
    }

    @Test
    void a_store_that_writes_nothing_keeps_no_other_from_beginning() {
        beginLater(keys(2), LONG);
        assertThat(lane.begin(() -> ended.add("nothing to write"), () -> false)).isTrue();
        assertThat(lane.begin(() -> store("last", LONG), () -> false)).isTrue();
        mayEnd.release(1_000);
        await().untilAsserted(() -> assertThat(ended).contains("k0", "k1", "nothing to write", "last"));
        assertThat(batches.get(1)).containsExactly("k0", "k1", "last");
    }

    /** The others would have to wait until its partition has moved. */
    @Test
    void a_store_whose_partition_is_on_its_way_by_then_begins_alone() {
        AtomicBoolean onItsWay = new AtomicBoolean();
        assertThat(lane.begin(() -> store("moving", LONG), onItsWay::get)).isTrue();
        beginLater(keys(2), LONG);
        onItsWay.set(true);
        mayEnd.release(1_000);
        await().untilAsserted(() -> assertThat(ended).contains("k0", "k1", "moving"));
        assertThat(keys(2)).allSatisfy(this::isBegunByTheLane);
        assertThat(threadsOfStores.get("moving")).isNotSameAs(threadsOfStores.get("k0"));
    }

    /** Else it would wait for more batches than its own. */
    @Test
    void a_stack_weighs_no_more_than_a_batch() {
        beginLater(keys(20), LONG);
        weight = (int) (LaneQueue.BATCH_BYTES / 8);
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
        assertThat(lane.begin(
                        () -> {
                            throw new StackOverflowError("as if");
                        },
                        () -> false))
                .isTrue();
        assertThat(lane.begin(() -> store("last", LONG), () -> false)).isTrue();
        mayEnd.release(1_000);
        await().untilAsserted(() -> assertThat(ended).contains("k0", "k1", "last"));
        assertThat(failures).isEmpty();
    }

    /** Hazelcast's runner of a store ends without an answer where its thread is interrupted, and so would all those around. */
    @Test
    void an_interrupt_that_a_store_leaves_behind_reaches_no_other() {
        Map<String, Boolean> interrupted = new ConcurrentHashMap<>();
        assertThat(lane.begin(
                        () -> {
                            store("around", LONG);
                            interrupted.put("around", Thread.currentThread().isInterrupted());
                        },
                        () -> false))
                .isTrue();
        assertThat(lane.begin(
                        () -> {
                            Thread.currentThread().interrupt();
                            store("interrupting", LONG);
                        },
                        () -> false))
                .isTrue();
        assertThat(lane.begin(() -> Thread.currentThread().interrupt(), () -> false))
                .isTrue();
        mayEnd.release(1_000);
        await().untilAsserted(() -> assertThat(interrupted).containsEntry("around", false));
        assertThat(failures).isEmpty();
    }

    /** Where it were dropped, all that follows in its partition would wait for ever. */
    @Test
    void a_store_for_which_there_is_no_thread_stays() {
        noThreads = true;
        beginLater(keys(3), LONG);
        lane.look();
        lane.look();
        assertThat(lane.waiting()).isEqualTo(3);
        mayEnd.release(1_000);
        await().untilAsserted(() -> assertThat(ended).contains("k0", "k1", "k2"));
    }

    /** Its thread is the lane's: whoever came later would wait with it, and so gets a thread. */
    @Test
    void a_store_that_has_to_wait_after_all_keeps_nobody_waiting() {
        onTheirWay.add("k1");
        beginLater(keys(2), LONG);
        mayEnd.release(1_000_000);
        await().until(() -> !lane.begin(() -> {}, () -> false));
        threads.execute(() -> store("another", LONG));
        await().untilAsserted(() -> assertThat(ended).contains("another"));
        assertThat(ended).doesNotContain("k1");
        onTheirWay.clear();
        await().untilAsserted(() -> assertThat(ended).contains("k0", "k1"));
        assertThat(failures).isEmpty();
        await().untilAsserted(() -> assertThat(lane.begin(() -> ended.add("as before"), () -> false))
                .isTrue());
    }

    @Test
    void a_store_that_the_lane_has_begun_gives_up_in_its_own_time() {
        onTheirWay.add("k0");
        beginLater(keys(2), Duration.ofMillis(300));
        mayEnd.release(1_000_000);
        await().untilAsserted(() -> assertThat(ended).contains("k0", "k1"));
        assertThat(failures).containsOnlyKeys("k0");
    }

    /** A socket would keep the lane's thread, and what it has begun, for longer than that. */
    @Test
    void what_hangs_is_cut_off_when_a_store_that_the_lane_has_begun_has_no_time_left() {
        mayEnd.release();
        await().untilAsserted(() -> assertThat(ended).contains("first"));
        assertThat(lane.begin(() -> store("patient", LONG), () -> false)).isTrue();
        await().untilAsserted(() -> assertThat(batches).hasSize(2));
        lane.look();
        assertThat(cutOffs).as("none is overdue").hasValue(0);
        assertThat(lane.begin(() -> store("overdue", Duration.ofMillis(1)), () -> false))
                .isTrue();
        mayEnd.release();
        await().untilAsserted(() -> assertThat(batches).contains(List.of("overdue")));
        await().untilAsserted(() -> {
            lane.look();
            assertThat(cutOffs).hasPositiveValue();
        });
        mayEnd.release();
        await().untilAsserted(() -> assertThat(ended).contains("overdue"));
        int before = cutOffs.get();
        threads.execute(() -> store("later", LONG));
        await().untilAsserted(() -> assertThat(batches).contains(List.of("later")));
        lane.look();
        assertThat(cutOffs).as("of what has time").hasValue(before);
    }

    @Test
    void nothing_is_left_behind_when_many_meet_a_lane_that_falls_asleep() {
        mayEnd.release(1_000_000);
        int count = 20_000;
        for (int i = 0; i < count; i++) {
            String key = "n" + i;
            assertThat(lane.begin(() -> store(key, LONG), () -> false)).isTrue();
        }
        await().untilAsserted(() -> assertThat(ended).hasSize(count + 1));
        assertThat(failures).isEmpty();
        assertThat(lane.waiting()).isZero();
    }
}
