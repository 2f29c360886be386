package io.throughline.mapstore;

import com.hazelcast.core.HazelcastInstance;
import com.hazelcast.map.MapLoader;
import com.hazelcast.map.MapStoreFactory;
import io.throughline.mapstore.store.GridMapStore;
import io.throughline.mapstore.store.MapWiring;
import java.util.Properties;

/**
 * What hazelcast.yaml names under {@code map-store: factory-class-name}. Its property {@code throughline.config} is the
 * path of throughline.yaml, needed where the member is not started by {@link Throughline#join}.
 */
public final class ThroughlineMapStoreFactory implements MapStoreFactory<Object, Object> {

    @Override
    public MapLoader<Object, Object> newMapStore(String mapName, Properties properties) {
        return new GridMapStore(ThroughlineMapStoreFactory::wiring);
    }

    private static MapWiring wiring(String map, HazelcastInstance member, Properties properties) {
        String key = ThroughlineListener.CONFIG_PROPERTY;
        String configFile = properties.getProperty(key, System.getProperty(key));
        return ThroughlineListener.openOnce(member, configFile).wire(map);
    }
}
