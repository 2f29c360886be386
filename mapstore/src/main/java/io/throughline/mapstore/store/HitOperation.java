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
import org.jspecify.annotations.Nullable;

/**
 * A get that is answered at once where the entry is in memory. Hazelcast's own waits for whatever a map has in its store for
 * other keys of the partition, and takes the steps of what may have to be loaded (5.7.0, {@code GetOperation}).
 *
 * <p><b>Invariant.</b> It passes by nothing that may write its own key: each key sees its operations in the order in which they came.
 *
 * <p>Sent to another member, which doesn't happen to the gets of clients that know the partitions, it arrives as Hazelcast's own.
 */
final class HitOperation extends ReadonlyKeyBasedMapOperation implements BlockingOperation {

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
        if (!shouldWait() && passesAll()) {
            Record<?> record = recordStore.getRecordOrNull(dataKey, false);
            if (record != null) {
                hit(record);
                return CallStatus.RESPONSE;
            }
        }
        return super.call();
    }

    private boolean passesAll() {
        for (MapOperation before : recordStore.getOffloadedOperations()) {
            if (mayWriteMyKey(before)) {
                return false;
            }
        }
        return true;
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
