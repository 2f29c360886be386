package io.throughline.mapstore.schema;

import io.throughline.mapstore.StartRefusedException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One connection to the primary of each shard, for as long as a start takes. Not thread-safe. */
final class ShardSessions implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(ShardSessions.class);

    private final Map<String, Connection> connections = new LinkedHashMap<>();

    /** What is done on one shard. */
    interface Work<T> {
        T on(Connection connection) throws SQLException;
    }

    void add(String shard, Connection connection) {
        connections.put(shard, connection);
    }

    /** @param what completes "shard-1: … failed" */
    <T> T on(String shard, String what, Work<T> work) {
        try {
            return work.on(Objects.requireNonNull(connections.get(shard)));
        } catch (SQLException e) {
            throw new StartRefusedException(
                    "Throughline may not start here:\n  " + shard + ": " + what + " failed: " + SqlReason.of(e), e);
        }
    }

    <T> Map<String, T> onEach(String what, Work<T> work) {
        Map<String, T> results = new LinkedHashMap<>();
        connections.keySet().forEach(shard -> results.put(shard, on(shard, what, work)));
        return results;
    }

    @Override
    public void close() {
        connections.forEach((shard, connection) -> {
            try {
                connection.close();
            } catch (SQLException e) {
                log.debug("Closing a connection to {} failed", shard, e);
            }
        });
    }
}
