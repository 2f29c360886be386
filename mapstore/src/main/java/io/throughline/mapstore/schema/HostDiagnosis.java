package io.throughline.mapstore.schema;

import static java.util.stream.Collectors.joining;

import io.throughline.mapstore.config.HostAndPort;
import io.throughline.mapstore.config.ShardConfig;
import io.throughline.mapstore.shard.ShardConnections;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/** Says of each host of a shard why it isn't the primary: the driver names the last one's reason at most. */
final class HostDiagnosis {

    private static final String ROLE = "SELECT pg_is_in_recovery(), current_setting('default_transaction_read_only')";

    private final ShardConnections connections;

    HostDiagnosis(ShardConnections connections) {
        this.connections = connections;
    }

    String of(ShardConfig shard) {
        return shard.hosts().stream().map(host -> host + " " + state(host)).collect(joining("; "));
    }

    private String state(HostAndPort host) {
        try (Connection connection = connections.host(host).getConnection();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(ROLE)) {
            row.next();
            if (row.getBoolean(1)) {
                return "is a standby";
            }
            return row.getString(2).equals("on")
                    ? "is read-only (default_transaction_read_only)"
                    : "is a primary by now";
        } catch (SQLException e) {
            return "answers: " + rootMessage(e);
        }
    }

    /** The driver's own sentence speaks of host names and postmasters; the cause below it says which it was. */
    private static String rootMessage(SQLException e) {
        Throwable cause = e;
        while (cause.getCause() != null) {
            cause = cause.getCause();
        }
        return String.valueOf(cause.getMessage());
    }
}
