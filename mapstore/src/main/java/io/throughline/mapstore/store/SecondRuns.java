package io.throughline.mapstore.store;

import com.hazelcast.map.impl.operation.MapOperation;
import com.hazelcast.map.impl.operation.steps.engine.StepRunner;
import com.hazelcast.map.impl.operation.steps.engine.StepSupplier;
import com.hazelcast.spi.impl.operationservice.Offload;
import com.hazelcast.spi.impl.operationservice.OperationResponseHandler;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Calls off the second run of an operation whose first one is under way in the map store. Hazelcast (5.7.0) tries an operation again
 * for each sign that its member has left, and two may come: then it runs twice at once. Neither run's answer reaches the
 * caller, who waits for minutes, or for ever if it only reads; and what comes next in the partition is done twice from then on.
 *
 * <p>A run leaves a response handler on the operation, around the one that it found; so the second one's is around the first one's.
 *
 * <p>Thread-safe; to be asked on the partition's thread.
 */
final class SecondRuns {

    private final Class<?> stepped;
    private final Class<?> offloaded;
    private final VarHandle runnerOfStepped;
    private final VarHandle delegateOfStepped;
    private final VarHandle delegateOfOffloaded;
    private final VarHandle supplierOfRunner;

    /** @throws ReflectiveOperationException if this Hazelcast has other fields */
    SecondRuns(VarHandle supplierOfRunner) throws ReflectiveOperationException {
        this.supplierOfRunner = supplierOfRunner;
        this.stepped = handlerIn(StepRunner.class);
        this.offloaded = handlerIn(Offload.class);
        this.runnerOfStepped = field(stepped, "this$0", StepRunner.class);
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

    /** Whether the first run goes on, and this one must not. */
    boolean callOff(StepRunner runner) {
        MapOperation operation = operationOf(runner);
        if (operation == null) {
            return false;
        }
        OperationResponseHandler<?> first = handlerOfFirst(operation);
        if (first == null || operationOf((StepRunner) runnerOfStepped.get(first)) != operation) {
            return false;
        }
        operation.setOperationResponseHandler(first);
        return true;
    }

    private @Nullable MapOperation operationOf(StepRunner runner) {
        StepSupplier supplier = (StepSupplier) supplierOfRunner.getVolatile(runner);
        return supplier == null ? null : supplier.getOperation();
    }

    /** Null where no run had begun before. */
    private @Nullable OperationResponseHandler<?> handlerOfFirst(MapOperation operation) {
        OperationResponseHandler<?> handler = operation.getOperationResponseHandler();
        OperationResponseHandler<?> inner =
                stepped.isInstance(handler) ? (OperationResponseHandler<?>) delegateOfStepped.get(handler) : null;
        OperationResponseHandler<?> found =
                offloaded.isInstance(inner) ? (OperationResponseHandler<?>) delegateOfOffloaded.get(inner) : null;
        return stepped.isInstance(found) ? found : null;
    }
}
