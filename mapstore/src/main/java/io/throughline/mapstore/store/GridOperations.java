package io.throughline.mapstore.store;

import com.hazelcast.internal.serialization.Data;
import com.hazelcast.map.impl.MapService;
import com.hazelcast.map.impl.MapServiceContext;
import com.hazelcast.map.impl.operation.DefaultMapOperationProvider;
import com.hazelcast.map.impl.operation.MapOperation;
import com.hazelcast.map.impl.operation.MapOperationProvider;
import com.hazelcast.map.impl.operation.MapOperationProviders;
import com.hazelcast.spi.impl.NodeEngineImpl;
import java.lang.reflect.Field;
import java.util.Set;

/** Has a member's gets of some maps be {@link HitOperation}s, and its deletes {@link SlowDelete}s. Thread-safe. */
final class GridOperations extends MapOperationProviders {

    private final Set<String> maps;
    private final MapOperationProvider ours = new Ours();

    private GridOperations(Set<String> maps) {
        this.maps = maps;
    }

    /**
     * To be called before the first map is used: each keeps what it finds.
     *
     * @throws ReflectiveOperationException if this Hazelcast has other fields
     */
    static void putInto(NodeEngineImpl engine, Set<String> maps) throws ReflectiveOperationException {
        MapService service = engine.getService(MapService.SERVICE_NAME);
        MapServiceContext context = service.getMapServiceContext();
        Field providers = context.getClass().getDeclaredField("operationProviders");
        providers.setAccessible(true);
        providers.set(context, new GridOperations(maps));
    }

    @Override
    public MapOperationProvider getOperationProvider(String map) {
        return maps.contains(map) ? ours : super.getOperationProvider(map);
    }

    private static final class Ours extends DefaultMapOperationProvider {

        @Override
        public MapOperation createGetOperation(String map, Data key) {
            return new HitOperation(map, key);
        }

        @Override
        public MapOperation createDeleteOperation(String map, Data key, boolean disableWanReplicationEvent) {
            return new SlowDelete(map, key, disableWanReplicationEvent);
        }
    }
}
