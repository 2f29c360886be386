package io.throughline.bench.proof;

import io.throughline.bench.grid.ValueForm;
import io.throughline.bench.ledger.KeyNames;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Reads a run's rows on one node in the order of their keys, a page at a time: a standby ends a query that stands in the way
 * of its replay, so none may last long.
 *
 * @param table as it stands in SQL
 */
record RunRows(String table, KeyNames names, ValueForm form) {

    private static final int PAGE = 5_000;

    /** The index of the keys compares them byte by byte, so they come in the order of their numbers. */
    private static final String QUERY = """
            SELECT key, value
            FROM %s
            WHERE key > ? AND key < ?
            ORDER BY key
            LIMIT ?""";

    void read(Connection connection, BiConsumer<String, @Nullable String> row) throws SQLException {
        String after = names.prefix();
        try (PreparedStatement statement = connection.prepareStatement(QUERY.formatted(table))) {
            for (int read = PAGE; read == PAGE; ) {
                statement.setString(1, after);
                statement.setString(2, names.end());
                statement.setInt(3, PAGE);
                read = 0;
                try (ResultSet rows = statement.executeQuery()) {
                    while (rows.next()) {
                        after = rows.getString(1);
                        row.accept(after, form.text(rows, 2));
                        read++;
                    }
                }
            }
        }
    }
}
