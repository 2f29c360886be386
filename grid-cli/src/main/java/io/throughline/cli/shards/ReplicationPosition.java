package io.throughline.cli.shards;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Optional;

/**
 * How far a primary's log has come. All that it acknowledged before is in it.
 *
 * @param timeline counts promotions: a standby that follows another timeline follows another primary
 * @param position as PostgreSQL writes it, {@code 0/3000060}
 */
public record ReplicationPosition(long timeline, String position) {

    /** The first eight digits of a segment's name are its timeline. */
    private static final String OF_PRIMARY = """
            SELECT pg_walfile_name(pg_current_wal_flush_lsn()), pg_current_wal_flush_lsn()::text
            WHERE NOT pg_is_in_recovery()""";

    private static final String OF_STANDBY = """
            SELECT coalesce(pg_last_wal_replay_lsn() >= ?::pg_lsn, false), pg_last_wal_replay_lsn()::text,
                   coalesce((SELECT received_tli FROM pg_stat_wal_receiver WHERE status = 'streaming'), 0)""";

    /** Empty where the node is a standby. */
    public static Optional<ReplicationPosition> ofPrimary(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(OF_PRIMARY)) {
            return row.next()
                    ? Optional.of(new ReplicationPosition(Long.parseLong(row.getString(1), 0, 8, 16), row.getString(2)))
                    : Optional.empty();
        }
    }

    /** Why the standby doesn't show all of it yet; empty where it does. */
    public Optional<String> missingOn(Connection standby) throws SQLException {
        try (PreparedStatement statement = standby.prepareStatement(OF_STANDBY)) {
            statement.setString(1, position);
            try (ResultSet row = statement.executeQuery()) {
                row.next();
                long receives = row.getLong(3);
                if (receives != timeline) {
                    return Optional.of(
                            receives == 0 ? "it doesn't stream from a primary" : "it follows another primary");
                }
                return row.getBoolean(1)
                        ? Optional.empty()
                        : Optional.of("it has replayed up to " + row.getString(2) + ", not up to " + position);
            }
        }
    }
}
