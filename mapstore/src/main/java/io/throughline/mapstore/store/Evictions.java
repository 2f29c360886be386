package io.throughline.mapstore.store;

import com.hazelcast.map.impl.MapService;
import com.hazelcast.map.impl.MapServiceContext;
import com.hazelcast.map.impl.operation.MapOperation;
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
        MapOperation evict = maps.getMapOperationProvider(map).createEvictOperation(map, maps.toData(key), false);
        try {
            Future<?> unused =
                    engine.getOperationService().invokeOnPartitionAsync(MapService.SERVICE_NAME, evict, partition);
        } catch (RuntimeException leaving) {
            log.debug("no eviction, as this member leaves", leaving);
        }
    }
}
