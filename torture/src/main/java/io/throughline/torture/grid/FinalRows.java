package io.throughline.torture.grid;

import io.throughline.bench.proof.NodeVisits;
import io.throughline.cli.shards.NodeConnections;
import io.throughline.mapstore.config.GridConfig;
import io.throughline.mapstore.config.ShardConfig;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The rows of every node once nothing is written any more: primaries first, then what standbys have replayed of it.
 *
 * @param nodes those that could be read
 * @param missed those that could not, with the reason
 */
public record FinalRows(List<NodeRows> nodes, List<String> missed) {

    /** A standby ends a query that stands in the way of its replay, so none may last long. */
    private static final int PAGE = 5_000;

    private static final String QUERY = """
            SELECT key, value
            FROM %s
            WHERE key > ?
            ORDER BY key
            LIMIT ?""";

    public FinalRows {
        nodes = List.copyOf(nodes);
        missed = List.copyOf(missed);
    }

    /** @param patience how long to wait for nodes that are down or behind */
    public static FinalRows read(GridConfig config, String table, Duration patience) throws InterruptedException {
        NodeConnections connections = NodeConnections.of(config);
        long deadline = System.nanoTime() + patience.toNanos();
        List<NodeRows> nodes = new ArrayList<>();
        List<String> missed = new ArrayList<>();
        for (ShardConfig shard : config.shards()) {
            NodeVisits.Outcome<NodeRows> visits = new NodeVisits<>(
                            connections,
                            shard,
                            (host, primary, connection) ->
                                    new NodeRows(shard.name(), host.toString(), primary, values(connection, table)),
                            deadline)
                    .run();
            nodes.addAll(visits.seen().values());
            visits.missed().forEach((host, reason) -> missed.add(shard.name() + " " + host + ": " + reason));
        }
        return new FinalRows(nodes, missed);
    }

    private static Map<String, Optional<String>> values(Connection connection, String table) throws SQLException {
        Map<String, Optional<String>> values = new HashMap<>();
        String after = "";
        try (PreparedStatement statement = connection.prepareStatement(QUERY.formatted(table))) {
            for (int read = PAGE; read == PAGE; ) {
                statement.setString(1, after);
                statement.setInt(2, PAGE);
                read = 0;
                try (ResultSet rows = statement.executeQuery()) {
                    while (rows.next()) {
                        read++;
                        after = rows.getString(1);
                        values.put(after, Optional.ofNullable(rows.getString(2)));
                    }
                }
            }
        }
        return values;
    }
}
