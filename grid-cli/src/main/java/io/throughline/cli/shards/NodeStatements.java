package io.throughline.cli.shards;

import io.throughline.cli.shards.NodeState.Role;
import io.throughline.cli.shards.NodeState.Standby;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What commands ask a node, in SQL. Stateless. */
public final class NodeStatements {

    private static final String ROLE = "SELECT pg_is_in_recovery()";

    /** A standby streams under its node's name, with underscores. */
    private static final String STANDBYS = """
            SELECT replace(application_name, '_', '-'), state = 'streaming', sync_state,
                   coalesce(pg_wal_lsn_diff(pg_current_wal_lsn(), replay_lsn), 0)::bigint
            FROM pg_stat_replication
            WHERE sync_state IS NOT NULL
            ORDER BY 1""";

    private static final String ROW = """
            SELECT partition, coalesce(octet_length(%1$s), 0), to_char(written_at AT TIME ZONE 'UTC',
                   'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'), value IS NULL, coalesce(left(%2$s, 200), ''), pg_is_in_recovery()
            FROM %3$s
            WHERE key = ?""";

    private static final String SHARD = "SELECT shard FROM throughline.shard_map WHERE ? = ANY (partitions)";

    private NodeStatements() {}

    static String shardOf(Connection connection, int partition) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(SHARD)) {
            statement.setInt(1, partition);
            try (ResultSet row = statement.executeQuery()) {
                if (!row.next()) {
                    throw new SQLException("shard_map has no shard for partition " + partition);
                }
                return row.getString(1);
            }
        }
    }

    public static Role role(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(ROLE)) {
            row.next();
            return row.getBoolean(1) ? Role.STANDBY : Role.PRIMARY;
        }
    }

    static List<Standby> standbys(Connection connection) throws SQLException {
        List<Standby> standbys = new ArrayList<>();
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(STANDBYS)) {
            while (rows.next()) {
                standbys.add(new Standby(rows.getString(1), rows.getBoolean(2), rows.getString(3), rows.getLong(4)));
            }
        }
        return standbys;
    }

    /**
     * @param table as it stands in SQL
     * @param binary whether the value is bytea, which is shown as Base64
     */
    public static Optional<RowCopy> row(Connection connection, String table, boolean binary, String key)
            throws SQLException {
        String bytes = binary ? "value" : "value::text";
        String text = binary ? "encode(value, 'base64')" : "value::text";
        try (PreparedStatement statement = connection.prepareStatement(ROW.formatted(bytes, text, table))) {
            statement.setString(1, key);
            try (ResultSet row = statement.executeQuery()) {
                return row.next() ? Optional.of(copy(row)) : Optional.empty();
            }
        }
    }

    private static RowCopy copy(ResultSet row) throws SQLException {
        return new RowCopy(
                row.getBoolean(6) ? Role.STANDBY : Role.PRIMARY,
                row.getInt(1),
                row.getLong(2),
                row.getString(3),
                row.getBoolean(4),
                row.getString(5));
    }
}
