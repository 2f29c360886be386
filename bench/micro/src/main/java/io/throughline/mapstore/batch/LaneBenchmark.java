package io.throughline.mapstore.batch;

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
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * The hand-over of stores to their lane and back, where a commit is a wait and nothing else: each store is made, offered, taken
 * in a batch, ended, and its thread goes on. In this package as the product shows a lane to nobody else.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class LaneBenchmark {

    private static final int CALLERS = 64;
    private static final int STORES = 4_096;
    private static final Duration TIMEOUT = Duration.ofSeconds(10);
    private static final MapTable KV = MapTable.of(new GridMapConfig("kv", ValueFormat.TEXT, "kv", 1 << 20));

    /** Where it takes no time the lane sleeps between two stores. */
    @Param({"0", "100"})
    private int commitMicros;

    private final String[] keys = new String[STORES];
    private final AtomicInteger next = new AtomicInteger();
    private final ExecutorService threads = Executors.newFixedThreadPool(CALLERS);
    private final Lane<PendingWrite> lane =
            new Lane<>("lane", new LaneLimits(4_096, 256, false, TIMEOUT), this::commit, threads, height -> {});

    public LaneBenchmark() {
        for (int key = 0; key < STORES; key++) {
            keys[key] = "order-" + (1_000_000 + key);
        }
    }

    private List<PendingWrite> commit(List<PendingWrite> batch) {
        if (commitMicros > 0) {
            LockSupport.parkNanos(TimeUnit.MICROSECONDS.toNanos(commitMicros));
        }
        batch.forEach(write -> {
            if (write.beginSend()) {
                write.succeed();
            }
        });
        return List.of();
    }

    private void store() {
        String key = keys[next.getAndIncrement() & (STORES - 1)];
        RowOperation operation = new RowOperation(Verb.PUT, "kv", key, 7, "shard-1");
        PendingWrite write = new PendingWrite(new RowWrite(operation, KV, new ColumnValue("v", 1), null), TIMEOUT);
        lane.offer(write);
        lane.await(write);
    }

    /** A lone store, which wakes the lane and is woken. */
    @Benchmark
    public void alone() {
        store();
    }

    /** 64 callers, each with one store after the other, and each store on a thread of a pool. */
    @Benchmark
    @OperationsPerInvocation(STORES)
    public void onThreadsOfTheirOwn() throws InterruptedException {
        new Callers(threads).run();
    }

    /** The same; the lane's own thread begins the stores. */
    @Benchmark
    @OperationsPerInvocation(STORES)
    public void stacked() throws InterruptedException {
        new Callers(store -> {
                    if (!lane.begin(store, () -> false)) {
                        threads.execute(store);
                    }
                })
                .run();
    }

    private final class Callers {

        private final Executor beginning;
        private final AtomicInteger begun = new AtomicInteger();
        private final CountDownLatch ended = new CountDownLatch(STORES);

        Callers(Executor beginning) {
            this.beginning = beginning;
        }

        void run() throws InterruptedException {
            for (int caller = 0; caller < CALLERS; caller++) {
                beginNext();
            }
            ended.await();
        }

        private void beginNext() {
            if (begun.incrementAndGet() <= STORES) {
                beginning.execute(() -> {
                    store();
                    ended.countDown();
                    beginNext();
                });
            }
        }
    }

    @TearDown
    public void close() {
        lane.close();
        threads.shutdown();
    }
}
