package io.throughline.bench.loader;

import io.throughline.bench.peers.RowStatements;
import io.throughline.bench.peers.ShardPools;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Straight to the shards: one statement an operation, and a commit each. */
class JdbcClient implements BlockingClient {

    private final ShardPools pools;
    private final RowStatements rows;
    private final int threads;

    /** @param threads at most, which is also what the pools hold together */
    JdbcClient(ShardPools pools, RowStatements rows, int threads) {
        this.pools = pools;
        this.rows = rows;
        this.threads = threads;
    }

    @Override
    public List<Lane> lanes(int inFlight) {
        return List.of(new Lane(ANY, Math.min(inFlight, threads), 1));
    }

    @Override
    public int shardOf(String key) {
        return pools.shardOf(key);
    }

    @Override
    public List<? extends @Nullable Object> perform(List<Call> calls) throws SQLException {
        return Collections.singletonList(perform(calls.get(0)));
    }

    @Nullable
    Object perform(Call call) throws SQLException {
        return switch (call.kind()) {
            case PUT -> put(call.name(), call.value());
            case GET -> get(call.name());
            case DELETE -> delete(call.name());
            case PUT_ALL -> putAll(call.entries());
            case GET_ALL -> getAll(call.nameSet());
        };
    }

    final @Nullable Object put(String key, String value) throws SQLException {
        try (Connection connection = pools.connect(pools.shardOf(key))) {
            rows.upsert(connection, key, value);
        }
        return null;
    }

    final @Nullable String get(String key) throws SQLException {
        try (Connection connection = pools.connect(pools.shardOf(key))) {
            return rows.select(connection, key);
        }
    }

    final @Nullable Object delete(String key) throws SQLException {
        try (Connection connection = pools.connect(pools.shardOf(key))) {
            rows.delete(connection, key);
        }
        return null;
    }

    final @Nullable Object putAll(Map<String, String> entries) throws SQLException {
        Map<Integer, Map<String, String>> parts = new HashMap<>();
        entries.forEach((key, value) -> parts.computeIfAbsent(pools.shardOf(key), shard -> new HashMap<>())
                .put(key, value));
        for (Map.Entry<Integer, Map<String, String>> part : parts.entrySet()) {
            try (Connection connection = pools.connect(part.getKey())) {
                rows.upsertAll(connection, part.getValue());
            }
        }
        return null;
    }

    final Map<String, String> getAll(java.util.Set<String> keys) throws SQLException {
        Map<Integer, List<String>> parts = new HashMap<>();
        keys.forEach(key -> parts.computeIfAbsent(pools.shardOf(key), shard -> new java.util.ArrayList<>())
                .add(key));
        Map<String, String> found = new HashMap<>();
        for (Map.Entry<Integer, List<String>> part : parts.entrySet()) {
            try (Connection connection = pools.connect(part.getKey())) {
                found.putAll(rows.selectAll(connection, part.getValue()));
            }
        }
        return found;
    }
}
