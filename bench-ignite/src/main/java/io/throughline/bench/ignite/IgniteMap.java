package io.throughline.bench.ignite;

import io.throughline.bench.peers.AsyncMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.apache.ignite.IgniteCache;
import org.apache.ignite.lang.IgniteFuture;

/** A cache, through a client node. */
record IgniteMap(IgniteCache<String, String> cache) implements AsyncMap {

    @Override
    public CompletionStage<?> put(String key, String value) {
        return stage(cache.putAsync(key, value));
    }

    @Override
    public CompletionStage<?> get(String key) {
        return stage(cache.getAsync(key));
    }

    @Override
    public CompletionStage<?> delete(String key) {
        return stage(cache.removeAsync(key));
    }

    /** In the order of the keys: Ignite warns that two calls could wait for each other's entries otherwise. */
    @Override
    public CompletionStage<?> putAll(Map<String, String> entries) {
        return stage(cache.putAllAsync(new TreeMap<>(entries)));
    }

    @Override
    public CompletionStage<Map<String, String>> getAll(Set<String> keys) {
        return stage(cache.getAllAsync(keys));
    }

    private static <T> CompletionStage<T> stage(IgniteFuture<T> future) {
        CompletableFuture<T> stage = new CompletableFuture<>();
        future.listenAsync(done -> complete(stage, done), Runnable::run);
        return stage;
    }

    private static <T> void complete(CompletableFuture<T> stage, IgniteFuture<T> done) {
        try {
            stage.complete(done.get());
        } catch (RuntimeException e) {
            stage.completeExceptionally(e);
        }
    }
}
