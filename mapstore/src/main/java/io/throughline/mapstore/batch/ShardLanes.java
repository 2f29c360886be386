package io.throughline.mapstore.batch;

import io.throughline.mapstore.ErrorCode;
import io.throughline.mapstore.ThroughlineException;
import io.throughline.mapstore.config.ReadConfig;
import io.throughline.mapstore.config.WriteConfig;
import io.throughline.mapstore.shard.ShardMetrics;
import io.throughline.mapstore.shard.ShardPool;
import io.throughline.mapstore.writer.Reruns;
import io.throughline.mapstore.writer.ShardWriter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A member's way to one shard: one write lane, a few load lanes, and the pool that they share with its writer. Nothing of it is shared
 * with another shard, so that one shard's trouble stays its own. Thread-safe.
 *
 * <p>One write lane, as two make smaller batches and so are slower (docs/group-commit.md).
 */
public final class ShardLanes implements AutoCloseable {

    private final ShardPool pool;
    private final ShardWriter shardWriter;
    private final Reruns reruns;
    private final Lane<PendingWrite> writes;
    private final List<Lane<PendingLoad>> loads = new ArrayList<>();
    private final AtomicInteger nextLoadLane = new AtomicInteger();

    /** @param threads on which stores may wait for their commit */
    public ShardLanes(
            ShardPool pool,
            ShardWriter shardWriter,
            Reruns reruns,
            ShardMetrics metrics,
            WriteConfig write,
            ReadConfig read,
            Duration maxClockSkew,
            Executor threads) {
        this.pool = pool;
        this.shardWriter = shardWriter;
        this.reruns = reruns;
        String name = "throughline-" + pool.shard();
        BatchWriter writer = new BatchWriter(pool, shardWriter, reruns, metrics, write.onDegraded(), maxClockSkew);
        this.writes = new Lane<>(
                name + "-write",
                new LaneLimits(write.queueLimit(), write.batchLimit(), true, closeTimeout(write.timeout())),
                writer,
                threads,
                metrics::stacked);
        BatchLoader loader = new BatchLoader(pool, shardWriter, metrics);
        for (int lane = 1; lane <= read.lanes(); lane++) {
            loads.add(new Lane<>(
                    name + "-load-" + lane,
                    new LaneLimits(read.queueLimit(), read.batchLimit(), false, closeTimeout(read.timeout())),
                    loader,
                    threads,
                    height -> {}));
        }
        metrics.queue("write", writes::waiting);
        metrics.queue("load", () -> loads.stream().mapToInt(Lane::waiting).sum());
    }

    private static Duration closeTimeout(Duration timeout) {
        return timeout.plusSeconds(1);
    }

    public String shard() {
        return pool.shard();
    }

    /**
     * Has a store begun by the write lane's own thread, together with those of its batch. False, and nothing is done, where it had
     * better begin at once: if its partition makes it wait, and the others would wait with it, or if they wait already.
     *
     * @param store submits one write at most, and awaits it
     */
    public boolean begin(Runnable store, int partition) {
        shardWriter.use();
        return !shardWriter.hasToWait(partition) && writes.begin(store, () -> shardWriter.hasToWait(partition));
    }

    /** To be called some times a second, by one thread at a time. */
    public void look() {
        writes.look();
    }

    /** @throws ThroughlineException if the write did not succeed */
    public void await(PendingWrite write) {
        writes.await(write);
    }

    /** @throws ThroughlineException if the queue is full */
    public void submit(PendingWrite write) {
        shardWriter.use();
        if (reruns.mayCome(write.operation().partition())) {
            write.mayBeSecondRun();
        }
        offer(writes, write, "write.queue-limit");
    }

    /** @throws io.throughline.mapstore.RefusedException if the queue is full */
    public void submit(PendingLoad load) {
        shardWriter.use();
        int lane = Math.floorMod(nextLoadLane.getAndIncrement(), loads.size());
        offer(loads.get(lane), load, "read.queue-limit");
    }

    private static <T extends Pending> void offer(Lane<T> lane, T operation, String limit) {
        if (!lane.offer(operation)) {
            throw operation.failure(
                    ErrorCode.OVERLOADED,
                    lane.waiting() + " operations wait for this shard already, which is " + limit,
                    "Slow down and try again.",
                    null);
        }
    }

    /** Ends the lanes when they have done what they have. */
    @Override
    public void close() {
        writes.close();
        loads.forEach(Lane::close);
    }
}
