package io.throughline.bench.infinispan;

import io.throughline.bench.peers.AsyncMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import org.infinispan.client.hotrod.RemoteCache;

/** A cache, through the Hot Rod client. */
record HotRodMap(RemoteCache<String, String> cache) implements AsyncMap {

    @Override
    public CompletionStage<?> put(String key, String value) {
        return cache.putAsync(key, value);
    }

    @Override
    public CompletionStage<?> get(String key) {
        return cache.getAsync(key);
    }

    @Override
    public CompletionStage<?> delete(String key) {
        return cache.removeAsync(key);
    }

    @Override
    public CompletionStage<?> putAll(Map<String, String> entries) {
        return cache.putAllAsync(entries);
    }

    @Override
    public CompletionStage<Map<String, String>> getAll(Set<String> keys) {
        return cache.getAllAsync(keys);
    }
}
