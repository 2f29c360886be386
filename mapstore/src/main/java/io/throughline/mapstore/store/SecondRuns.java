package io.throughline.mapstore.store;

import com.hazelcast.map.impl.operation.MapOperation;
import com.hazelcast.map.impl.operation.steps.engine.StepRunner;
import com.hazelcast.map.impl.operation.steps.engine.StepSupplier;
import com.hazelcast.spi.impl.operationservice.Offload;
import com.hazelcast.spi.impl.operationservice.OperationResponseHandler;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.lang.ref.WeakReference;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/**
 * Calls off the second run of an operation whose first one is under way in the map store. Hazelcast (5.7.0) tries an operation again
 * for each sign that its member has left, and two may come: then it runs twice at once. Neither run's answer reaches the
 * caller, who waits for minutes, or for ever if it only reads; and what comes next in the partition is done twice from then on.
 *
 * <p><b>Invariant.</b> What is called off is never the only runner of its queue: the operations of one map in one partition
 * that wait for each other. Another one has come to the pool with the same operation of the same queue and has not
 * taken its next one yet. So it will, and one that is called off has nothing left to do.
 *
 * <p>A run puts a response handler around the one that it finds, which answers only if the operation is still in the queue, and takes
 * it out: of two around each other only one can. So none is left on an operation that goes to the pool, where a second run would
 * find it; Hazelcast puts it on again before each step in the partition.
 *
 * <p>Thread-safe; to be asked on the partition's thread.
 */
final class SecondRuns {

    private final int partitions;
    private final Class<?> stepped;
    private final Class<?> offloaded;
    private final VarHandle delegateOfStepped;
    private final VarHandle delegateOfOffloaded;
    private final VarHandle supplierOfRunner;
    private final VarHandle queueOfRunner;
    /** Weakly, as a runner keeps the operation that it began with. */
    private final Map<String, AtomicReferenceArray<@Nullable WeakReference<StepRunner>>> lastByMap =
            new ConcurrentHashMap<>();

    /** @throws ReflectiveOperationException if this Hazelcast has other fields */
    SecondRuns(VarHandle supplierOfRunner, int partitions) throws ReflectiveOperationException {
        this.supplierOfRunner = supplierOfRunner;
        this.partitions = partitions;
        this.stepped = handlerIn(StepRunner.class);
        this.offloaded = handlerIn(Offload.class);
        this.queueOfRunner = field(StepRunner.class, "offloadedOperations", Set.class);
        this.delegateOfStepped = field(stepped, "delegate", OperationResponseHandler.class);
        this.delegateOfOffloaded = field(offloaded, "delegate", OperationResponseHandler.class);
    }

    private static Class<?> handlerIn(Class<?> outer) throws ReflectiveOperationException {
        return Arrays.stream(outer.getDeclaredClasses())
                .filter(OperationResponseHandler.class::isAssignableFrom)
                .findAny()
                .orElseThrow(() -> new NoSuchFieldException("a response handler in " + outer.getName()));
    }

    private static VarHandle field(Class<?> owner, String name, Class<?> type) throws ReflectiveOperationException {
        return MethodHandles.privateLookupIn(owner, MethodHandles.lookup()).findVarHandle(owner, name, type);
    }

    /** Whether another run of its operation goes on, and this one must not. */
    boolean callOff(StepRunner runner) {
        MapOperation operation = operationOf(runner);
        if (operation == null) {
            return false;
        }
        leaveWithoutStepped(operation);
        var last = lastByMap.computeIfAbsent(operation.getName(), map -> new AtomicReferenceArray<>(partitions));
        int partition = runner.getPartitionId();
        WeakReference<StepRunner> reference = last.get(partition);
        StepRunner other = reference == null ? null : reference.get();
        if (other == runner) {
            return false;
        }
        if (other != null && operationOf(other) == operation && queueOf(other) == queueOf(runner)) {
            return true;
        }
        last.set(partition, new WeakReference<>(runner));
        return false;
    }

    private @Nullable MapOperation operationOf(StepRunner runner) {
        StepSupplier supplier = (StepSupplier) supplierOfRunner.getVolatile(runner);
        return supplier == null ? null : supplier.getOperation();
    }

    /** Another one if the map was destroyed, or the partition went away and came back. */
    private Object queueOf(StepRunner runner) {
        return queueOfRunner.get(runner);
    }

    private void leaveWithoutStepped(MapOperation operation) {
        OperationResponseHandler<?> handler = operation.getOperationResponseHandler();
        OperationResponseHandler<?> bare = handler;
        for (OperationResponseHandler<?> below = belowStepped(bare); below != null; below = belowStepped(bare)) {
            bare = below;
        }
        if (bare != handler) {
            operation.setOperationResponseHandler(bare);
        }
    }

    /** Null where none is left, here or one below. */
    private @Nullable OperationResponseHandler<?> belowStepped(OperationResponseHandler<?> handler) {
        OperationResponseHandler<?> inner = offloaded.isInstance(handler)
                ? (OperationResponseHandler<?>) delegateOfOffloaded.get(handler)
                : handler;
        return stepped.isInstance(inner) ? (OperationResponseHandler<?>) delegateOfStepped.get(inner) : null;
    }
}
