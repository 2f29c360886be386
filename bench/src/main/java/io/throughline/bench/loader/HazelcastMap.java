package io.throughline.bench.loader;

import com.hazelcast.map.IMap;
import io.throughline.bench.peers.AsyncMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutorService;

/**
 * Through the stock Hazelcast client.
 *
 * @param waiting threads for what the client has no call for that doesn't wait
 */
record HazelcastMap(IMap<String, String> map, ExecutorService waiting) implements AsyncMap {

    @Override
    public CompletionStage<?> put(String key, String value) {
        return map.setAsync(key, value);
    }

    @Override
    public CompletionStage<?> get(String key) {
        return map.getAsync(key);
    }

    @Override
    public CompletionStage<?> delete(String key) {
        return map.deleteAsync(key);
    }

    @Override
    public CompletionStage<?> putAll(Map<String, String> entries) {
        return map.putAllAsync(entries);
    }

    @Override
    public CompletionStage<Map<String, String>> getAll(Set<String> keys) {
        return CompletableFuture.supplyAsync(() -> map.getAll(keys), waiting);
    }
}
