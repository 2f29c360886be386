package io.throughline.bench.peers;

import com.hazelcast.map.MapStore;
import java.util.Collection;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Stores nothing and finds nothing: what the grid itself takes. Stateless. */
public final class EmptyMapStore implements MapStore<String, String> {

    @Override
    public void store(String key, String value) {}

    @Override
    public void storeAll(Map<String, String> entries) {}

    @Override
    public void delete(String key) {}

    @Override
    public void deleteAll(Collection<String> keys) {}

    @Override
    public @Nullable String load(String key) {
        return null;
    }

    @Override
    public Map<String, String> loadAll(Collection<String> keys) {
        return Map.of();
    }

    @Override
    @SuppressWarnings("NullAway") // null is how a map store says that it preloads nothing
    public Iterable<String> loadAllKeys() {
        return null;
    }
}
