package io.throughline.mapstore.store;

import com.hazelcast.internal.serialization.Data;
import com.hazelcast.internal.serialization.impl.SerializationConstants;
import com.hazelcast.internal.util.executor.ManagedExecutorService;
import com.hazelcast.map.impl.operation.MapOperation;
import com.hazelcast.map.impl.operation.steps.DeleteOpSteps;
import com.hazelcast.map.impl.operation.steps.EntryOpSteps;
import com.hazelcast.map.impl.operation.steps.PutOpSteps;
import com.hazelcast.map.impl.operation.steps.RemoveIfSameOpSteps;
import com.hazelcast.map.impl.operation.steps.RemoveOpSteps;
import com.hazelcast.map.impl.operation.steps.engine.State;
import com.hazelcast.map.impl.operation.steps.engine.Step;
import com.hazelcast.map.impl.operation.steps.engine.StepRunner;
import com.hazelcast.map.impl.operation.steps.engine.StepSupplier;
import com.hazelcast.spi.impl.executionservice.ExecutionService;
import io.throughline.mapstore.attempt.AttemptEnvelope;
import io.throughline.mapstore.batch.ShardLanes;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.lang.reflect.Field;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.AbstractExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * Stands before the pool to which Hazelcast gives what a map store has to do. What is one store or one delete, and no load
 * before it, goes to the shard's write lane, which begins it with others; the rest goes to the pool. What is under way already is not
 * begun again. A putAll stores its entries together there.
 *
 * <p>Thread-safe.
 */
final class StackingExecutor extends AbstractExecutorService implements ManagedExecutorService {

    /** Steps that call the store once, and do nothing that takes time before or after (Hazelcast 5.7.0). */
    private static final Set<Step<?>> SINGLE_STORES = Set.of(
            PutOpSteps.STORE,
            RemoveOpSteps.DELETE,
            RemoveIfSameOpSteps.DELETE,
            DeleteOpSteps.DELETE,
            SlowDelete.DELETE,
            EntryOpSteps.STORE,
            EntryOpSteps.DELETE);

    /**
     * What the lane's thread may read. Of all else the reading may take its time, as it is code of others that does it, and the
     * store refuses it then.
     */
    private static final Set<Integer> VALUES = Set.of(
            SerializationConstants.CONSTANT_TYPE_STRING,
            SerializationConstants.CONSTANT_TYPE_BYTE_ARRAY,
            SerializationConstants.JAVASCRIPT_JSON_SERIALIZATION_TYPE,
            AttemptEnvelope.TYPE_ID);

    private final ManagedExecutorService pool;
    private final ShardLanes[] lanesByPartition;
    private final Set<String> maps;
    private final VarHandle supplierOfRunner;
    private final VarHandle stepOfSupplier;
    private final VarHandle runnableOfSupplier;
    private final VarHandle stateOfSupplier;
    private final SecondRuns secondRuns;
    private final Map<Step<?>, PutAllTogether> putAllSteps;

    private StackingExecutor(ManagedExecutorService pool, ShardLanes[] lanesByPartition, Set<String> maps)
            throws ReflectiveOperationException {
        this.pool = pool;
        this.lanesByPartition = lanesByPartition;
        this.maps = maps;
        this.supplierOfRunner = field(StepRunner.class, "stepSupplier", StepSupplier.class);
        this.stepOfSupplier = field(StepSupplier.class, "currentStep", Step.class);
        this.runnableOfSupplier = field(StepSupplier.class, "currentRunnable", Runnable.class);
        this.stateOfSupplier = field(StepSupplier.class, "state", State.class);
        this.secondRuns = new SecondRuns(supplierOfRunner, lanesByPartition.length);
        this.putAllSteps = PutAllTogether.IN_PLACE_OF; // another Hazelcast without these steps shows it now
    }

    private static VarHandle field(Class<?> owner, String name, Class<?> type) throws ReflectiveOperationException {
        return MethodHandles.privateLookupIn(owner, MethodHandles.lookup()).findVarHandle(owner, name, type);
    }

    /**
     * Puts itself in the place of a pool.
     *
     * @throws ReflectiveOperationException if this Hazelcast has other fields
     */
    @SuppressWarnings("unchecked")
    static void putInto(ExecutionService pools, String name, ShardLanes[] lanesByPartition, Set<String> maps)
            throws ReflectiveOperationException {
        Field executors = pools.getClass().getDeclaredField("executors");
        executors.setAccessible(true);
        ManagedExecutorService pool = pools.getExecutor(name);
        ((Map<String, ManagedExecutorService>) executors.get(pools))
                .put(name, new StackingExecutor(pool, lanesByPartition, maps));
    }

    @Override
    public void execute(Runnable task) {
        if (!(task instanceof StepRunner runner) || mustBegin(runner)) {
            pool.execute(task);
        }
    }

    private boolean mustBegin(StepRunner runner) {
        if (secondRuns.callOff(runner)) {
            return false;
        }
        StepSupplier supplier = (StepSupplier) supplierOfRunner.getVolatile(runner);
        if (supplier == null || !isOfOurs(runner)) {
            return true;
        }
        Step<?> step = (Step<?>) stepOfSupplier.getVolatile(supplier);
        PutAllTogether ours = putAllSteps.get(step);
        if (ours != null) {
            replaceStep(supplier, ours);
        }
        return !(SINGLE_STORES.contains(step) && isReadAtOnce((State) stateOfSupplier.get(supplier)) && begins(runner));
    }

    private boolean isOfOurs(StepRunner runner) {
        return runner.offloadedOperation() instanceof MapOperation operation && maps.contains(operation.getName());
    }

    /** Here and not in the operation: a member's own putAll, or one that another member has sent on, is Hazelcast's. */
    private void replaceStep(StepSupplier supplier, Step<?> step) {
        stepOfSupplier.setVolatile(supplier, step);
        runnableOfSupplier.setVolatile(supplier, null); // is made of the step when it is asked for
    }

    private static boolean isReadAtOnce(State state) {
        return state.getKey().getType() == SerializationConstants.CONSTANT_TYPE_STRING
                && (!(state.getNewValue() instanceof Data value) || VALUES.contains(value.getType()));
    }

    private boolean begins(StepRunner runner) {
        int partition = runner.getPartitionId();
        return lanesByPartition[partition].begin(runner, partition);
    }

    @Override
    public String getName() {
        return pool.getName();
    }

    @Override
    public long getCompletedTaskCount() {
        return pool.getCompletedTaskCount();
    }

    @Override
    public int getMaximumPoolSize() {
        return pool.getMaximumPoolSize();
    }

    @Override
    public int getPoolSize() {
        return pool.getPoolSize();
    }

    @Override
    public int getQueueSize() {
        return pool.getQueueSize();
    }

    @Override
    public int getRemainingQueueCapacity() {
        return pool.getRemainingQueueCapacity();
    }

    @Override
    public void shutdown() {
        pool.shutdown();
    }

    @Override
    public List<Runnable> shutdownNow() {
        return pool.shutdownNow();
    }

    @Override
    public boolean isShutdown() {
        return pool.isShutdown();
    }

    @Override
    public boolean isTerminated() {
        return pool.isTerminated();
    }

    @Override
    public boolean awaitTermination(long timeout, TimeUnit unit) throws InterruptedException {
        return pool.awaitTermination(timeout, unit);
    }
}
