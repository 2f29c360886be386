package io.throughline.mapstore.store;

import com.hazelcast.internal.serialization.Data;
import com.hazelcast.map.impl.MapService;
import com.hazelcast.map.impl.MapServiceContext;
import com.hazelcast.map.impl.operation.EvictOperation;
import com.hazelcast.spi.impl.NodeEngineImpl;
import java.util.concurrent.Future;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Evicts entries of which memory and row may differ now. What the partition is doing comes first; but an eviction that a store asks for
 * before it ends comes before all that a client sends after its answer. Nothing waits for it. Thread-safe.
 */
final class Evictions {

    private static final Logger log = LoggerFactory.getLogger(Evictions.class);

    private final NodeEngineImpl engine;

    Evictions(NodeEngineImpl engine) {
        this.engine = engine;
    }

    void evict(String map, Object key, int partition) {
        MapService service = engine.getService(MapService.SERVICE_NAME);
        MapServiceContext maps = service.getMapServiceContext();
        Data data = maps.toData(key);
        try {
            Future<?> unused = engine.getOperationService()
                    .invokeOnPartitionAsync(MapService.SERVICE_NAME, new LockedToo(map, data), partition);
        } catch (RuntimeException notEvicted) {
            if (engine.isRunning()) {
                log.warn(
                        "an entry of {} stays in memory, and may differ from its row for as long as it lives",
                        map,
                        notEvicted);
            }
        }
    }

    /**
     * Hazelcast's own waits for a lock, and what is locked doesn't expire: who holds the lock would read the old value for as long.
     * Sent to another member, to which the partition has moved just now, it arrives as Hazelcast's own.
     */
    private static final class LockedToo extends EvictOperation {

        LockedToo(String map, Data key) {
            super(map, key, false);
        }

        @Override
        public boolean shouldWait() {
            return false;
        }
    }
}
