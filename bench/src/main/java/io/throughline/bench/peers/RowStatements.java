package io.throughline.bench.peers;

import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What the peers send to a table of keys and values. Immutable.
 *
 * @param schema of the table
 */
public record RowStatements(String schema) {

    private String table() {
        return "\"" + schema + "\".entries";
    }

    public void upsert(Connection connection, String key, String value) throws SQLException {
        String sql = "INSERT INTO " + table() + " (key, value) VALUES (?, ?) ON CONFLICT (key) DO UPDATE SET value ="
                + " EXCLUDED.value";
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setString(1, key);
            statement.setString(2, value);
            statement.executeUpdate();
        }
    }

    /** In one commit. The rows are sent in the order of their keys: two such statements would deadlock otherwise. */
    public void upsertAll(Connection connection, Map<String, String> rows) throws SQLException {
        String[] keys = rows.keySet().stream().sorted().toArray(String[]::new);
        String[] values = new String[keys.length];
        for (int row = 0; row < keys.length; row++) {
            values[row] = rows.get(keys[row]);
        }
        String sql = "INSERT INTO " + table() + " (key, value) SELECT * FROM unnest(?, ?) ON CONFLICT (key) DO UPDATE"
                + " SET value = EXCLUDED.value";
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setArray(1, texts(connection, keys));
            statement.setArray(2, texts(connection, values));
            statement.executeUpdate();
        }
    }

    public @Nullable String select(Connection connection, String key) throws SQLException {
        try (PreparedStatement statement =
                connection.prepareStatement("SELECT value FROM " + table() + " WHERE key = ?")) {
            statement.setString(1, key);
            try (ResultSet row = statement.executeQuery()) {
                return row.next() ? row.getString(1) : null;
            }
        }
    }

    public Map<String, String> selectAll(Connection connection, Collection<String> keys) throws SQLException {
        try (PreparedStatement statement =
                connection.prepareStatement("SELECT key, value FROM " + table() + " WHERE key = ANY (?)")) {
            statement.setArray(1, texts(connection, keys.toArray(String[]::new)));
            Map<String, String> found = new HashMap<>();
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    found.put(rows.getString(1), rows.getString(2));
                }
            }
            return found;
        }
    }

    public void delete(Connection connection, String key) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement("DELETE FROM " + table() + " WHERE key = ?")) {
            statement.setString(1, key);
            statement.executeUpdate();
        }
    }

    private static Array texts(Connection connection, String[] elements) throws SQLException {
        return connection.createArrayOf("text", elements);
    }
}
