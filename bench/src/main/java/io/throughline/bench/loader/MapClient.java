package io.throughline.bench.loader;

import com.hazelcast.core.HazelcastInstance;
import com.hazelcast.map.IMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.ToIntFunction;

/** The stock Hazelcast client. */
final class MapClient implements AsyncClient {

    private static final Executor AT_ONCE = Runnable::run;

    private final List<IMap<String, String>> maps;
    private final ToIntFunction<String> mapOf;
    private final ExecutorService waiting = Executors.newCachedThreadPool();

    /** @param mapOf which of the maps a key is in */
    MapClient(HazelcastInstance client, List<String> maps, ToIntFunction<String> mapOf) {
        this.maps = maps.stream().map(client::<String, String>getMap).toList();
        this.mapOf = mapOf;
    }

    private IMap<String, String> map(String key) {
        return maps.size() == 1 ? maps.get(0) : maps.get(mapOf.applyAsInt(key));
    }

    @Override
    public CompletionStage<?> begin(Call call) {
        return switch (call.kind()) {
            case PUT -> map(call.name()).setAsync(call.name(), call.value());
            case GET -> map(call.name()).getAsync(call.name());
            case DELETE -> map(call.name()).deleteAsync(call.name());
            case PUT_ALL -> putAll(call.entries());
            // The client has no such call that doesn't wait.
            case GET_ALL -> CompletableFuture.supplyAsync(() -> getAll(call.nameSet()), waiting);
        };
    }

    private CompletionStage<?> putAll(Map<String, String> entries) {
        if (maps.size() == 1) {
            return maps.get(0).putAllAsync(entries);
        }
        Map<Integer, Map<String, String>> parts = new HashMap<>();
        entries.forEach((key, value) -> parts.computeIfAbsent(mapOf.applyAsInt(key), map -> new HashMap<>())
                .put(key, value));
        CompletableFuture<?>[] all = parts.entrySet().stream()
                .map(part ->
                        maps.get(part.getKey()).putAllAsync(part.getValue()).toCompletableFuture())
                .toArray(CompletableFuture[]::new);
        return CompletableFuture.allOf(all).whenCompleteAsync((nothing, failure) -> {}, AT_ONCE);
    }

    private Map<String, String> getAll(Set<String> keys) {
        if (maps.size() == 1) {
            return maps.get(0).getAll(keys);
        }
        Map<Integer, Set<String>> parts = new HashMap<>();
        keys.forEach(key -> parts.computeIfAbsent(mapOf.applyAsInt(key), map -> new java.util.HashSet<>())
                .add(key));
        Map<String, String> found = new HashMap<>();
        parts.forEach((map, part) -> found.putAll(maps.get(map).getAll(part)));
        return found;
    }
}
