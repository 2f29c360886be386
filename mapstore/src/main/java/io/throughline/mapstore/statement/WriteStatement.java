package io.throughline.mapstore.statement;

import io.throughline.mapstore.config.ValueFormat;
import io.throughline.mapstore.row.ColumnValue;
import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A batch of stores and deletes as one commit in one round trip. Each table has one statement for its stores and one
 * for its deletes; where there are several, they are sent as one prepared text between BEGIN and COMMIT.
 *
 * <p>Tables and keys are in one order in every batch of every member, so two batches never lock the same two rows in
 * opposite order (unsorted, they deadlock: 40P01).
 */
public final class WriteStatement {

    private record Part(String sql, List<RowWrite> rows) {}

    private final List<Part> parts;

    private WriteStatement(List<Part> parts) {
        this.parts = parts;
    }

    /** @param rows at least one, and none twice */
    public static WriteStatement of(List<RowWrite> rows) {
        Map<String, Part> parts = new TreeMap<>();
        rows.stream().sorted(Comparator.comparing(RowWrite::key)).forEach(row -> {
            String sql = row.deletes() ? row.table().delete() : row.table().upsert();
            parts.computeIfAbsent(
                            row.table().map() + "\0" + (row.deletes() ? "delete" : "upsert"),
                            part -> new Part(sql, new ArrayList<>()))
                    .rows()
                    .add(row);
        });
        return new WriteStatement(List.copyOf(parts.values()));
    }

    /** When this returns, the batch is committed as {@code synchronous_commit} and the standbys' quorum say. */
    public void execute(Connection connection) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql())) {
            int parameter = 1;
            for (Part part : parts) {
                parameter = bind(statement, parameter, part);
            }
            statement.execute();
        }
    }

    private String sql() {
        if (parts.size() == 1) {
            return parts.get(0).sql();
        }
        StringBuilder sql = new StringBuilder("BEGIN");
        parts.forEach(part -> sql.append(";\n").append(part.sql()));
        return sql.append(";\nCOMMIT").toString();
    }

    private static int bind(PreparedStatement statement, int first, Part part) throws SQLException {
        Connection connection = statement.getConnection();
        List<RowWrite> rows = part.rows();
        int parameter = first;
        statement.setArray(
                parameter++,
                array(connection, "text", rows.stream().map(RowWrite::key).toArray(String[]::new)));
        if (!rows.get(0).deletes()) {
            statement.setArray(parameter++, array(connection, "int2", partitions(rows)));
            statement.setArray(parameter++, values(connection, rows));
        }
        return parameter;
    }

    private static Short[] partitions(List<RowWrite> rows) {
        return rows.stream().map(row -> (short) row.operation().partition()).toArray(Short[]::new);
    }

    private static Array values(Connection connection, List<RowWrite> rows) throws SQLException {
        boolean binary = rows.get(0).table().format() == ValueFormat.BINARY;
        @Nullable Object[] columns = binary ? new byte[rows.size()][] : new String[rows.size()];
        for (int i = 0; i < columns.length; i++) {
            ColumnValue value = rows.get(i).value();
            columns[i] = value == null ? null : value.column();
        }
        return array(connection, binary ? "bytea" : "text", columns);
    }

    private static Array array(Connection connection, String type, @Nullable Object[] elements) throws SQLException {
        return connection.createArrayOf(type, elements);
    }
}
