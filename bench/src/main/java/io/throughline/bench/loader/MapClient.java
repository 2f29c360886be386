package io.throughline.bench.loader;

import io.throughline.bench.peers.AsyncMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.function.ToIntFunction;

/** Maps of a grid, of which each key is in one. */
final class MapClient implements AsyncClient {

    private static final Executor AT_ONCE = Runnable::run;

    private final List<AsyncMap> maps;
    private final ToIntFunction<String> mapOf;

    /** @param mapOf which of the maps a key is in */
    MapClient(List<AsyncMap> maps, ToIntFunction<String> mapOf) {
        this.maps = maps;
        this.mapOf = mapOf;
    }

    private AsyncMap map(String key) {
        return maps.size() == 1 ? maps.get(0) : maps.get(mapOf.applyAsInt(key));
    }

    @Override
    public CompletionStage<?> begin(Call call) {
        return switch (call.kind()) {
            case PUT -> map(call.name()).put(call.name(), call.value());
            case GET -> map(call.name()).get(call.name());
            case DELETE -> map(call.name()).delete(call.name());
            case PUT_ALL -> putAll(call.entries());
            case GET_ALL -> getAll(call.nameSet());
        };
    }

    private CompletionStage<?> putAll(Map<String, String> entries) {
        if (maps.size() == 1) {
            return maps.get(0).putAll(entries);
        }
        Map<Integer, Map<String, String>> parts = new HashMap<>();
        entries.forEach((key, value) -> parts.computeIfAbsent(mapOf.applyAsInt(key), map -> new HashMap<>())
                .put(key, value));
        CompletableFuture<?>[] all = parts.entrySet().stream()
                .map(part -> maps.get(part.getKey()).putAll(part.getValue()).toCompletableFuture())
                .toArray(CompletableFuture[]::new);
        return CompletableFuture.allOf(all);
    }

    private CompletionStage<Map<String, String>> getAll(Set<String> keys) {
        if (maps.size() == 1) {
            return maps.get(0).getAll(keys);
        }
        Map<Integer, Set<String>> parts = new HashMap<>();
        keys.forEach(key -> parts.computeIfAbsent(mapOf.applyAsInt(key), map -> new HashSet<>())
                .add(key));
        CompletionStage<Map<String, String>> found = CompletableFuture.completedStage(Map.of());
        for (Map.Entry<Integer, Set<String>> part : parts.entrySet()) {
            found = found.thenCombineAsync(maps.get(part.getKey()).getAll(part.getValue()), MapClient::both, AT_ONCE);
        }
        return found;
    }

    private static Map<String, String> both(Map<String, String> one, Map<String, String> other) {
        Map<String, String> all = new HashMap<>(one);
        all.putAll(other);
        return all;
    }
}
