package io.throughline.mapstore.statement;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;

/**
 * Deletes the tombstones of a table that no attempt can miss any more. By pages of the table instead of by an index: one
 * on tombstones would have to name {@code value}, and then every put would have to touch it.
 */
public record PurgeStatement(MapTable table) {

    /** 8 MB, which takes a few milliseconds. */
    private static final int PAGES_EACH = 1_000;

    private static final String PAGES = "SELECT pg_relation_size(?::regclass) / current_setting('block_size')::bigint";

    /** @param page the first of those to look at */
    public int purge(Connection connection, long page, Duration retention) throws SQLException {
        String sql = """
                DELETE FROM %s
                WHERE ctid >= ?::tid AND ctid < ?::tid
                    AND value IS NULL AND written_at < clock_timestamp() - ? * interval '1 millisecond'""".formatted(table.name());
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setString(1, "(" + page + ",0)");
            statement.setString(2, "(" + (page + PAGES_EACH) + ",0)");
            statement.setLong(3, retention.toMillis());
            return statement.executeUpdate();
        }
    }

    /** The first page after those that a purge from this one looks at. */
    public static long next(long page) {
        return page + PAGES_EACH;
    }

    public long pages(Connection connection) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(PAGES)) {
            statement.setString(1, table.name());
            try (ResultSet row = statement.executeQuery()) {
                row.next();
                return row.getLong(1);
            }
        }
    }
}
