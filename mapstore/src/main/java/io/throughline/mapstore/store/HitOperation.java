package io.throughline.mapstore.store;

import com.hazelcast.core.OperationTimeoutException;
import com.hazelcast.internal.locksupport.LockWaitNotifyKey;
import com.hazelcast.internal.serialization.Data;
import com.hazelcast.internal.util.Clock;
import com.hazelcast.map.impl.MapDataSerializerHook;
import com.hazelcast.map.impl.operation.KeyBasedMapOperation;
import com.hazelcast.map.impl.operation.MapOperation;
import com.hazelcast.map.impl.operation.ReadonlyKeyBasedMapOperation;
import com.hazelcast.map.impl.operation.steps.GetOpSteps;
import com.hazelcast.map.impl.operation.steps.engine.State;
import com.hazelcast.map.impl.operation.steps.engine.Step;
import com.hazelcast.map.impl.record.Record;
import com.hazelcast.map.impl.recordstore.RecordStore;
import com.hazelcast.spi.impl.operationservice.BlockingOperation;
import com.hazelcast.spi.impl.operationservice.CallStatus;
import com.hazelcast.spi.impl.operationservice.ReadonlyOperation;
import com.hazelcast.spi.impl.operationservice.WaitNotifyKey;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A get that is answered at once where the entry is in memory. Hazelcast's own waits for whatever a map has in its store for
 * other keys of the partition, and takes the steps of what may have to be loaded (5.7.0, {@code GetOperation}).
 *
 * <p><b>Invariant.</b> It passes by nothing that may write its own key: a get sees all that was sent before it.
 *
 * <p>Sent to another member, which doesn't happen to the gets of clients that know the partitions, it arrives as Hazelcast's own. A
 * member's statistics count the gets of clients only: of its own they count what is Hazelcast's class (5.7.0, {@code
 * MapOperationStatsUpdater}).
 */
final class HitOperation extends ReadonlyKeyBasedMapOperation implements BlockingOperation {

    /** Looking through a longer queue would take the partition's thread for long. */
    private static final int MOST_PASSED = 64;

    private @Nullable Data result;

    HitOperation(String map, Data key) {
        super(map, key);
    }

    @Override
    protected void innerBeforeRun() throws Exception {
        super.innerBeforeRun();
        recordStore.checkIfLoaded();
    }

    @Override
    public CallStatus call() throws Exception {
        if (shouldWait()) {
            return CallStatus.WAIT;
        }
        Record<?> record = recordStore.getRecordOrNull(dataKey, false);
        if (record == null || record.getValue() == null || !passesAll()) {
            return super.call();
        }
        mapStoreOffloadEnabled = false; // what comes after an answer is done here, not by a step
        hit(record);
        return CallStatus.RESPONSE;
    }

    private boolean passesAll() {
        Set<MapOperation> queue = recordStore.getOffloadedOperations();
        return queue.isEmpty() || (queue.size() <= MOST_PASSED && queue.stream().noneMatch(this::mayWriteMyKey));
    }

    private boolean mayWriteMyKey(MapOperation before) {
        return before instanceof KeyBasedMapOperation ofOneKey
                ? ofOneKey.getKey().equals(dataKey)
                : !(before instanceof ReadonlyOperation);
    }

    private void hit(Record<?> record) {
        recordStore.accessRecord(dataKey, record, Clock.currentTimeMillis());
        result = data(mapServiceContext.interceptGet(mapContainer.getInterceptorRegistry(), record.getValue()));
    }

    private @Nullable Data data(@Nullable Object value) {
        return mapServiceContext.toData(value);
    }

    @Override
    protected void runInternal() {
        result = data(recordStore.get(dataKey, false, getCallerAddress()));
    }

    @Override
    public Step<?> getStartingStep() {
        return GetOpSteps.READ;
    }

    @Override
    public void applyState(State state) {
        super.applyState(state);
        result = data(state.getOldValue());
    }

    @Override
    public void afterRunInternal() {
        mapServiceContext.interceptAfterGet(mapContainer.getInterceptorRegistry(), result);
        super.afterRunInternal();
    }

    @Override
    public @Nullable Data getResponse() {
        return result;
    }

    @Override
    public boolean shouldWait() {
        RecordStore<?> store = recordStore;
        return store.isTransactionallyLocked(dataKey) && !store.canAcquireLock(dataKey, getCallerUuid(), getThreadId());
    }

    @Override
    public WaitNotifyKey getWaitKey() {
        return new LockWaitNotifyKey(getServiceNamespace(), dataKey);
    }

    @Override
    public void onWaitExpire() {
        sendResponse(new OperationTimeoutException(
                "a transaction kept the key locked for longer than this read could wait"));
    }

    @Override
    public int getClassId() {
        return MapDataSerializerHook.GET;
    }
}
