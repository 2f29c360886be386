package io.throughline.mapstore.store;

import com.hazelcast.instance.BuildInfoProvider;
import com.hazelcast.internal.util.executor.ExecutorType;
import com.hazelcast.spi.impl.NodeEngineImpl;
import com.hazelcast.spi.impl.executionservice.ExecutionService;
import io.throughline.mapstore.batch.ShardLanes;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.concurrent.locks.LockSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The threads on which a member's stores wait for their commits where their lane doesn't begin them itself, as a pool of their
 * own. Hazelcast would take them from the member's cached threads, which ask for more work for a millisecond after each store
 * and go back: two more switches of threads a store (docs/threads.md).
 *
 * <p>Thread-safe.
 */
public final class StoreThreads implements Executor, AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(StoreThreads.class);

    private static final String POOL = ExecutionService.MAP_STORE_OFFLOADABLE_EXECUTOR;
    private static final long LOOK_EVERY_NANOS = 50_000_000;

    private final NodeEngineImpl engine;
    private final Executor pool;
    private volatile boolean closed;

    private StoreThreads(NodeEngineImpl engine) {
        this.engine = engine;
        this.pool = engine.getExecutionService().getExecutor(POOL);
    }

    /**
     * To be called before the first store. {@code executor-service} in the member's configuration decides on the size, where
     * it names the pool.
     *
     * @param partitions one thread for each, where it doesn't
     */
    public static StoreThreads provide(NodeEngineImpl engine, int partitions) {
        try {
            engine.getExecutionService().register(POOL, partitions, Integer.MAX_VALUE, ExecutorType.CONCRETE);
        } catch (IllegalArgumentException alreadyThere) {
            log.debug("another map's store has brought Hazelcast's own pool up: {}", alreadyThere.getMessage());
        }
        return new StoreThreads(engine);
    }

    @Override
    public void execute(Runnable task) {
        pool.execute(task);
    }

    /**
     * From now on lanes begin the stores of their batches, on their own threads, and hits don't wait for stores of other keys. On a
     * Hazelcast that is not built as expected, and on Enterprise, whose memory knows its threads, each store waits on one of the pool's
     * and each hit for the stores of its partition, which is slower and nothing else.
     *
     * @param maps whose store is ours
     */
    void stack(ShardLanes[] lanesByPartition, Set<String> maps) {
        if (BuildInfoProvider.getBuildInfo().isEnterprise()) {
            log.info(
                    "each store waits on a thread of its own, and hits wait for stores, as this is Hazelcast Enterprise");
            return;
        }
        try {
            GridOperations.putInto(engine, maps);
        } catch (ReflectiveOperationException | RuntimeException | LinkageError unknown) {
            log.info(
                    "hits wait for stores of their partition, and slow deletes may fail, as this Hazelcast is unknown: {}",
                    unknown.toString());
        }
        try {
            StackingExecutor.putInto(engine.getExecutionService(), POOL, lanesByPartition, maps);
        } catch (ReflectiveOperationException | RuntimeException | LinkageError unknown) {
            log.info("each store waits on a thread of its own, as this Hazelcast is unknown: {}", unknown.toString());
            return;
        }
        Set<ShardLanes> lanes = Set.copyOf(List.of(lanesByPartition));
        Thread looks = new Thread(() -> look(lanes), "throughline-stores");
        looks.setDaemon(true);
        looks.start();
    }

    private void look(Set<ShardLanes> lanes) {
        while (!closed) {
            LockSupport.parkNanos(this, LOOK_EVERY_NANOS);
            lanes.forEach(ShardLanes::look);
        }
    }

    @Override
    public void close() {
        closed = true;
    }
}
