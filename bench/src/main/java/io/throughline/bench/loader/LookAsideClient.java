package io.throughline.bench.loader;

import com.hazelcast.map.IMap;
import io.throughline.bench.peers.RowStatements;
import io.throughline.bench.peers.ShardPools;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** A cache beside the database: a put writes the row and drops the entry, a get that finds no entry makes one. */
final class LookAsideClient extends JdbcClient {

    private final IMap<String, String> cache;

    LookAsideClient(ShardPools pools, RowStatements rows, int threads, IMap<String, String> cache) {
        super(pools, rows, threads);
        this.cache = cache;
    }

    @Override
    @Nullable
    Object perform(Call call) throws SQLException {
        return switch (call.kind()) {
            case PUT -> {
                put(call.name(), call.value());
                cache.delete(call.name());
                yield null;
            }
            case GET -> fill(call.name());
            case DELETE -> {
                delete(call.name());
                cache.delete(call.name());
                yield null;
            }
            case PUT_ALL -> {
                putAll(call.entries());
                drop(call.nameSet());
                yield null;
            }
            case GET_ALL -> fillAll(call.nameSet());
        };
    }

    private void drop(Set<String> keys) {
        CompletableFuture.allOf(keys.stream()
                        .map(key -> cache.deleteAsync(key).toCompletableFuture())
                        .toArray(CompletableFuture[]::new))
                .join();
    }

    private @Nullable String fill(String key) throws SQLException {
        String cached = cache.get(key);
        if (cached != null) {
            return cached;
        }
        String value = get(key);
        if (value != null) {
            cache.set(key, value);
        }
        return value;
    }

    private Map<String, String> fillAll(Set<String> keys) throws SQLException {
        Map<String, String> found = new HashMap<>(cache.getAll(keys));
        Set<String> missing = new HashSet<>(keys);
        missing.removeAll(found.keySet());
        if (!missing.isEmpty()) {
            Map<String, String> rows = getAll(missing);
            cache.putAll(rows);
            found.putAll(rows);
        }
        return found;
    }
}
