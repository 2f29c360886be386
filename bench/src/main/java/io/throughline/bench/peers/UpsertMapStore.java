package io.throughline.bench.peers;

import com.hazelcast.core.HazelcastInstance;
import com.hazelcast.map.MapLoaderLifecycleSupport;
import com.hazelcast.map.MapStore;
import io.throughline.mapstore.config.GridConfigReader;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * What a good engineer writes in an afternoon: each store one upsert over a pooled connection. It is told its shards as
 * Throughline is, and its table, by the map store's properties. Thread-safe.
 */
public final class UpsertMapStore implements MapStore<String, String>, MapLoaderLifecycleSupport {

    static final String CONFIG = "throughline.config";
    static final String SCHEMA = "schema";
    static final String CONNECTIONS = "connections";

    private record Open(ShardPools pools, RowStatements rows) {}

    private final AtomicReference<@Nullable Open> state = new AtomicReference<>();

    @Override
    public void init(HazelcastInstance hazelcast, Properties properties, String mapName) {
        ShardPools pools = ShardPools.open(
                new GridConfigReader().read(Path.of(properties.getProperty(CONFIG))),
                Integer.parseInt(properties.getProperty(CONNECTIONS)));
        state.set(new Open(pools, new RowStatements(properties.getProperty(SCHEMA))));
    }

    private interface Work<T> {
        T run(RowStatements rows, Connection connection) throws SQLException;
    }

    private <T> T on(int shard, Work<T> work) {
        Open open = open();
        try (Connection connection = open.pools().connect(shard)) {
            return work.run(open.rows(), connection);
        } catch (SQLException e) {
            throw new IllegalStateException(e.getMessage(), e);
        }
    }

    private Open open() {
        Open open = state.get();
        if (open == null) {
            throw new IllegalStateException("the map store isn't initialized");
        }
        return open;
    }

    @Override
    public void store(String key, String value) {
        on(open().pools().shardOf(key), (rows, connection) -> {
            rows.upsert(connection, key, value);
            return true;
        });
    }

    @Override
    public void storeAll(Map<String, String> entries) {
        entries.forEach(this::store);
    }

    @Override
    public void delete(String key) {
        on(open().pools().shardOf(key), (rows, connection) -> {
            rows.delete(connection, key);
            return true;
        });
    }

    @Override
    public void deleteAll(Collection<String> keys) {
        keys.forEach(this::delete);
    }

    @Override
    public @Nullable String load(String key) {
        return on(open().pools().shardOf(key), (rows, connection) -> Optional.ofNullable(rows.select(connection, key)))
                .orElse(null);
    }

    @Override
    public Map<String, String> loadAll(Collection<String> keys) {
        Map<Integer, List<String>> byShard = new HashMap<>();
        keys.forEach(key -> byShard.computeIfAbsent(open().pools().shardOf(key), shard -> new ArrayList<>())
                .add(key));
        Map<String, String> found = new HashMap<>();
        byShard.forEach((shard, keysThere) ->
                found.putAll(on(shard, (rows, connection) -> rows.selectAll(connection, keysThere))));
        return found;
    }

    @Override
    @SuppressWarnings("NullAway") // null is how a map store says that it preloads nothing
    public Iterable<String> loadAllKeys() {
        return null;
    }

    @Override
    public void destroy() {
        Open open = state.getAndSet(null);
        if (open != null) {
            open.pools().close();
        }
    }
}
