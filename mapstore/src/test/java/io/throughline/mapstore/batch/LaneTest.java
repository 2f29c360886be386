package io.throughline.mapstore.batch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.throughline.mapstore.ErrorCode;
import io.throughline.mapstore.RefusedException;
import io.throughline.mapstore.UnknownOutcomeException;
import io.throughline.mapstore.config.GridMapConfig;
import io.throughline.mapstore.config.ValueFormat;
import io.throughline.mapstore.row.ColumnValue;
import io.throughline.mapstore.row.RowOperation;
import io.throughline.mapstore.row.RowOperation.Verb;
import io.throughline.mapstore.statement.MapTable;
import io.throughline.mapstore.statement.RowWrite;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class LaneTest {

    private static final MapTable KV = MapTable.of(new GridMapConfig("kv", ValueFormat.TEXT, "kv", 1 << 20));

    private final List<List<String>> batches = Collections.synchronizedList(new ArrayList<>());
    private final Set<String> onTheirWay = ConcurrentHashMap.newKeySet();
    private final CountDownLatch firstBatchMayEnd = new CountDownLatch(1);
    private final CountDownLatch firstBatchBegan = new CountDownLatch(1);
    private final Lane<PendingWrite> lane = new Lane<>(
            "lane under test",
            new LaneLimits(100, 10, false, Duration.ofSeconds(5)),
            this::recordAndSucceed,
            Runnable::run,
            height -> {});

    private List<PendingWrite> recordAndSucceed(List<PendingWrite> batch) {
        batches.add(batch.stream().map(Pending::key).toList());
        firstBatchBegan.countDown();
        awaitQuietly(firstBatchMayEnd);
        List<PendingWrite> later =
                batch.stream().filter(write -> onTheirWay.contains(write.key())).toList();
        batch.stream().filter(write -> !later.contains(write)).forEach(Pending::succeed);
        return later;
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @AfterEach
    void close() {
        firstBatchMayEnd.countDown();
        onTheirWay.clear();
        lane.close();
    }

    private static PendingWrite put(String key, Duration timeout) {
        RowOperation operation = new RowOperation(Verb.PUT, "kv", key, 7, "shard-1");
        return new PendingWrite(new RowWrite(operation, KV, new ColumnValue("v", 1), null), timeout);
    }

    private PendingWrite offer(String key) {
        PendingWrite write = put(key, Duration.ofSeconds(10));
        assertThat(lane.offer(write)).isTrue();
        return write;
    }

    /** Else all of a shard would wait for one partition that is being handed over, or for a lease. */
    @Test
    void what_has_to_wait_comes_again_and_keeps_nobody_waiting() {
        firstBatchMayEnd.countDown();
        onTheirWay.add("moving");
        PendingWrite moving = offer("moving");
        offer("other").await();
        assertThat(moving.wanted()).isTrue();
        onTheirWay.clear();
        moving.await();
        assertThat(lane.waiting()).isZero();
    }

    @Test
    void more_than_a_batch_of_what_has_to_wait_keeps_nobody_waiting() {
        firstBatchMayEnd.countDown();
        for (int i = 0; i < 30; i++) {
            onTheirWay.add("moving-" + i);
            offer("moving-" + i);
        }
        offer("other").await();
        assertThat(batches).allSatisfy(batch -> assertThat(batch).hasSizeLessThanOrEqualTo(20));
    }

    @Test
    void what_arrives_during_a_batch_shares_the_next_one() throws InterruptedException {
        PendingWrite first = offer("a");
        firstBatchBegan.await();
        List<PendingWrite> others = List.of(offer("b"), offer("c"), offer("d"));
        firstBatchMayEnd.countDown();
        first.await();
        others.forEach(Pending::await);
        assertThat(batches).containsExactly(List.of("a"), List.of("b", "c", "d"));
    }

    @Test
    void a_key_that_comes_twice_is_in_two_batches_in_order() throws InterruptedException {
        offer("a");
        firstBatchBegan.await();
        List<PendingWrite> writes = List.of(offer("b"), offer("b"), offer("c"), offer("b"));
        firstBatchMayEnd.countDown();
        writes.forEach(Pending::await);
        assertThat(batches).containsExactly(List.of("a"), List.of("b", "c"), List.of("b"), List.of("b"));
    }

    @Test
    void a_batch_holds_no_more_than_its_limit() throws InterruptedException {
        offer("first");
        firstBatchBegan.await();
        List<PendingWrite> writes = new ArrayList<>();
        for (int i = 0; i < 25; i++) {
            writes.add(offer("k" + i));
        }
        firstBatchMayEnd.countDown();
        writes.forEach(Pending::await);
        assertThat(batches).extracting(List::size).containsExactly(1, 10, 10, 5);
    }

    @Test
    void past_the_queue_limit_an_operation_is_not_taken() throws InterruptedException {
        offer("first");
        firstBatchBegan.await();
        for (int i = 0; i < 100; i++) {
            offer("k" + i);
        }
        assertThat(lane.offer(put("one too many", Duration.ofSeconds(1)))).isFalse();
        firstBatchMayEnd.countDown();
        await().until(() -> lane.offer(put("again", Duration.ofSeconds(1))));
    }

    @Test
    void what_was_never_sent_is_refused_when_its_time_is_up() throws InterruptedException {
        offer("first");
        firstBatchBegan.await();
        PendingWrite queued = put("queued", Duration.ofMillis(50));
        lane.offer(queued);
        assertThatThrownBy(queued::await)
                .isInstanceOfSatisfying(
                        RefusedException.class,
                        refused -> assertThat(refused.code()).isEqualTo(ErrorCode.SHARD_UNAVAILABLE))
                .hasMessageContaining("put of key 'queued' in map 'kv' (partition 7, shard-1)")
                .hasMessageContaining("Nothing was stored");
        assertThat(queued.beginSend()).as("the lane must not send it later").isFalse();
    }

    @Test
    void what_was_sent_and_not_answered_is_of_unknown_outcome() {
        PendingWrite sent = put("sent", Duration.ofMillis(50));
        assertThat(sent.beginSend()).isTrue();
        sent.maybeStored(new SQLException("connection lost", "08006"));
        assertThatThrownBy(sent::await)
                .isInstanceOf(UnknownOutcomeException.class)
                .hasMessageContaining("[UNKNOWN WRITE_TIMEOUT]")
                .hasMessageContaining("connection lost");
    }

    @Test
    void one_lost_answer_keeps_the_outcome_unknown_though_later_tries_stored_nothing() {
        PendingWrite sent = put("sent", Duration.ofMillis(50));
        sent.beginSend();
        sent.maybeStored(new SQLException("connection lost", "08006"));
        sent.beginSend();
        sent.notStored(new SQLException("read-only", "25006"));
        assertThatThrownBy(sent::await).isInstanceOf(UnknownOutcomeException.class);
    }

    @Test
    void what_certainly_was_not_stored_is_refused() {
        PendingWrite sent = put("sent", Duration.ofMillis(50));
        sent.beginSend();
        sent.notStored(new SQLException("read-only", "25006"));
        assertThatThrownBy(sent::await).isInstanceOf(RefusedException.class).hasMessageContaining("read-only");
    }

    @Test
    void an_interrupt_does_not_lose_the_outcome() {
        PendingWrite write = put("a", Duration.ofSeconds(5));
        write.succeed();
        Thread.currentThread().interrupt();
        write.await();
        assertThat(Thread.interrupted()).isTrue();
    }

    @Test
    void nothing_is_left_behind_when_many_threads_meet_a_lane_that_falls_asleep() throws Exception {
        firstBatchMayEnd.countDown();
        int threads = 16;
        int each = 2_000;
        AtomicInteger done = new AtomicInteger();
        ExecutorService callers = Executors.newFixedThreadPool(threads);
        try {
            List<Future<?>> calls = new ArrayList<>();
            for (int caller = 0; caller < threads; caller++) {
                int number = caller;
                calls.add(callers.submit(() -> {
                    for (int i = 0; i < each; i++) {
                        offer(number + "/" + i).await();
                        done.incrementAndGet();
                    }
                }));
            }
            for (Future<?> call : calls) {
                call.get();
            }
        } finally {
            callers.shutdownNow();
        }
        assertThat(done).hasValue(threads * each);
        assertThat(batches).allSatisfy(batch -> assertThat(new HashSet<>(batch)).hasSameSizeAs(batch));
    }
}
