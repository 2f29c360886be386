package io.throughline.mapstore.statement;

import io.throughline.mapstore.config.ValueFormat;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Reads the rows of many keys of one table. */
public record LoadStatement(MapTable table) {

    public static LoadStatement of(MapTable table) {
        return new LoadStatement(table);
    }

    /** The {@code value} column of each key that has one: a {@code byte[]} for bytea, else a {@code String}. */
    public Map<String, Object> execute(Connection connection, List<String> keys) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(table.select())) {
            statement.setArray(1, connection.createArrayOf("text", keys.toArray()));
            Map<String, Object> columns = new HashMap<>();
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    columns.put(
                            rows.getString(1),
                            table.format() == ValueFormat.BINARY ? rows.getBytes(2) : rows.getString(2));
                }
            }
            return columns;
        }
    }
}
