package io.throughline.mapstore.batch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.throughline.mapstore.config.GridMapConfig;
import io.throughline.mapstore.config.ValueFormat;
import io.throughline.mapstore.row.ColumnValue;
import io.throughline.mapstore.row.RowOperation;
import io.throughline.mapstore.row.RowOperation.Verb;
import io.throughline.mapstore.statement.MapTable;
import io.throughline.mapstore.statement.RowWrite;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class PausingLaneTest {

    private static final MapTable KV = MapTable.of(new GridMapConfig("kv", ValueFormat.TEXT, "kv", 1 << 20));
    private static final int ROUNDS = 10;
    private static final int ROWS = 8;

    private final Semaphore began = new Semaphore(0);
    private final Semaphore mayEnd = new Semaphore(0);
    private final AtomicInteger givenThreads = new AtomicInteger();
    private volatile Thread laneThread = Thread.currentThread();
    private final Lane<PendingWrite> lane = new Lane<>(
            "lane under test",
            new LaneLimits(1_000, 100, true, Duration.ofSeconds(5)),
            this::commit,
            store -> {
                givenThreads.incrementAndGet();
                store.run();
            },
            height -> {});

    private List<PendingWrite> commit(List<PendingWrite> batch) {
        laneThread = Thread.currentThread();
        began.release();
        mayEnd.acquireUninterruptibly();
        batch.forEach(Pending::succeed);
        return List.of();
    }

    @AfterEach
    void close() {
        mayEnd.release(1_000_000);
        lane.close();
    }

    /** One look in the commit, one in the pause. Where this thread comes late to that one, the lane has gone on already. */
    @Test
    void a_lane_that_pauses_after_a_long_commit_is_not_taken_to_hang() throws InterruptedException {
        for (int round = 0; round < ROUNDS; round++) {
            offer("alone");
            began.acquire();
            List<PendingWrite> several = IntStream.range(0, ROWS)
                    .mapToObj(row -> offer("row " + row))
                    .toList();
            mayEnd.release();
            began.acquire();
            CountDownLatch stored = new CountDownLatch(1);
            assertThat(lane.begin(stored::countDown, () -> false)).isTrue();
            lane.look();
            awaitLongCommit();
            mayEnd.release();
            several.forEach(Pending::await);
            awaitPause(stored);

            lane.look();

            stored.await();
        }
        assertThat(givenThreads).as("stores that got threads of their own").hasValue(0);
    }

    private void awaitPause(CountDownLatch over) {
        while (laneThread.getState() != Thread.State.TIMED_WAITING && over.getCount() > 0) {
            Thread.onSpinWait(); // it is shorter than what can be awaited otherwise
        }
    }

    private static void awaitLongCommit() {
        long begin = System.nanoTime();
        await().until(() -> System.nanoTime() - begin > Pacer.LONGEST_PAUSE_NANOS);
    }

    private PendingWrite offer(String key) {
        RowOperation operation = new RowOperation(Verb.PUT, "kv", key, 7, "shard-1");
        PendingWrite write =
                new PendingWrite(new RowWrite(operation, KV, new ColumnValue("v", 1), null), Duration.ofSeconds(30));
        assertThat(lane.offer(write)).isTrue();
        return write;
    }
}
