package io.throughline.cli.shards;

import io.throughline.mapstore.config.GridMapConfig;
import io.throughline.mapstore.config.ValueFormat;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** How a map's rows are read from one shard, in SQL. */
public final class ExportStatements {

    /** Rows that a cursor brings at once: a value may have a MiB. */
    private static final int FETCH_ROWS = 64;

    private static final int SAMPLE_KEYS = 2_000;

    private final GridMapConfig map;

    public ExportStatements(GridMapConfig map) {
        this.map = map;
    }

    /** Told each row, the value as text. */
    @FunctionalInterface
    public interface RowConsumer {
        void row(String key, String value) throws InterruptedException;
    }

    /** PostgreSQL's own estimate, 0 where it has none yet. */
    public long estimatedRows(Connection connection) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(
                "SELECT greatest(reltuples, 0)::bigint FROM pg_class WHERE oid = ?::regclass")) {
            statement.setString(1, map.table());
            try (ResultSet row = statement.executeQuery()) {
                return row.next() ? row.getLong(1) : 0;
            }
        }
    }

    /** Some keys in PostgreSQL's order, spread over the table: whole pages at random, so that a big table isn't read. */
    public List<String> sampleOfKeys(Connection connection, long estimatedRows) throws SQLException {
        double percent = Math.min(100, Math.max(0.01, 100.0 * SAMPLE_KEYS / Math.max(1, estimatedRows)));
        List<String> keys = new ArrayList<>();
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(
                        "SELECT key FROM %s TABLESAMPLE SYSTEM (%s) ORDER BY key".formatted(map.table(), percent))) {
            while (rows.next()) {
                keys.add(rows.getString(1));
            }
        }
        return keys;
    }

    /**
     * Reads the rows with {@code after < key <= to}, in order, in one read-only transaction with a cursor. Tombstones are
     * left out.
     *
     * @param after null for the first key
     * @param to null for the last key
     */
    public void read(Connection connection, @Nullable String after, @Nullable String to, RowConsumer rows)
            throws SQLException, InterruptedException {
        connection.setAutoCommit(false); // a cursor lives in a transaction
        String sql = "SELECT key, value FROM " + map.table() + " WHERE value IS NOT NULL"
                + (after == null ? "" : " AND key > ?") + (to == null ? "" : " AND key <= ?") + " ORDER BY key";
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            int parameter = 1;
            if (after != null) {
                statement.setString(parameter++, after);
            }
            if (to != null) {
                statement.setString(parameter, to);
            }
            statement.setFetchSize(FETCH_ROWS);
            try (ResultSet row = statement.executeQuery()) {
                while (row.next()) {
                    rows.row(row.getString(1), value(row));
                }
            }
        }
        connection.commit();
    }

    private String value(ResultSet row) throws SQLException {
        return map.valueFormat() == ValueFormat.BINARY
                ? Base64.getEncoder().encodeToString(row.getBytes(2))
                : row.getString(2);
    }
}
