package io.throughline.mapstore.statement;

import io.throughline.mapstore.config.ValueFormat;
import io.throughline.mapstore.writer.WriterRow;
import io.throughline.mapstore.writer.WriterStamp;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Reads the rows of many keys of one table, and the reader's own row as a writer in the same snapshot. */
public record LoadStatement(MapTable table) {

    /**
     * @param columns the {@code value} column of each key that has one: a {@code byte[]} for bytea, else a {@code String}
     */
    public record Reply(WriterRow writer, Map<String, Object> columns) {

        /** Whether the rows may be used: a fenced member, or an older epoch, must not fill the cache. */
        public boolean valid(WriterStamp stamp) {
            return !writer.fenced() && writer.epoch() == stamp.epoch();
        }
    }

    public Reply execute(Connection connection, WriterStamp stamp, List<String> keys) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(table.select())) {
            statement.setArray(1, connection.createArrayOf("text", keys.toArray(String[]::new)));
            statement.setObject(2, stamp.member());
            try (ResultSet rows = statement.executeQuery()) {
                return reply(rows);
            }
        }
    }

    private Reply reply(ResultSet rows) throws SQLException {
        WriterRow writer = WriterRow.MISSING;
        Map<String, Object> columns = new HashMap<>();
        while (rows.next()) {
            writer = new WriterRow(rows.getLong(3), rows.getBoolean(4));
            String key = rows.getString(1);
            if (key != null) {
                columns.put(key, table.format() == ValueFormat.BINARY ? rows.getBytes(2) : rows.getString(2));
            }
        }
        return new Reply(writer, columns);
    }
}
