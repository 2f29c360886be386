package io.throughline.mapstore.statement;

import io.throughline.mapstore.config.ValueFormat;
import io.throughline.mapstore.row.ColumnValue;
import io.throughline.mapstore.writer.WriterRow;
import io.throughline.mapstore.writer.WriterStamp;
import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A batch of stores and deletes as one commit in one round trip: BEGIN, the writer's lock, a statement for each table's
 * stores and deletes, COMMIT, and a look at the replication that the commit was released by.
 *
 * <p>Tables and keys are in one order in every batch of every member, so two batches never lock the same two rows in
 * opposite order (unsorted, they deadlock: 40P01).
 */
public final class WriteStatement {

    private record Part(String sql, List<RowWrite> rows) {}

    private final List<Part> parts;
    private final boolean mustBeGuarded;

    private WriteStatement(List<Part> parts, boolean mustBeGuarded) {
        this.parts = parts;
        this.mustBeGuarded = mustBeGuarded;
    }

    /**
     * @param rows at least one, and none twice
     * @param mustBeGuarded whether to write nothing where synchronous replication is not in force
     */
    public static WriteStatement of(List<RowWrite> rows, boolean mustBeGuarded) {
        Map<String, Part> parts = new TreeMap<>();
        rows.stream().sorted(Comparator.comparing(RowWrite::key)).forEach(row -> {
            String sql = row.deletes() ? row.table().delete() : row.table().upsert();
            String order = row.table().map() + "\0" + (row.deletes() ? "delete" : "upsert");
            parts.computeIfAbsent(order, part -> new Part(sql, new ArrayList<>()))
                    .rows()
                    .add(row);
        });
        return new WriteStatement(List.copyOf(parts.values()), mustBeGuarded);
    }

    /**
     * When this returns with {@link BatchReply#applied} and {@link BatchReply#onQuorum}, the batch is durable. On an
     * exception that leaves the connection alive, the caller owes it a ROLLBACK.
     */
    public BatchReply execute(Connection connection, WriterStamp stamp) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql())) {
            bind(statement, stamp);
            statement.execute();
            return reply(statement);
        }
    }

    private String sql() {
        StringBuilder sql = new StringBuilder("BEGIN;\n").append(WriterGuard.LOCK);
        parts.forEach(part -> sql.append(";\n").append(part.sql()));
        return sql.append(";\nCOMMIT;\n").append(WriterGuard.AFTER).toString();
    }

    private void bind(PreparedStatement statement, WriterStamp stamp) throws SQLException {
        int parameter = 1;
        statement.setObject(parameter++, stamp.member());
        for (Part part : parts) {
            parameter = bindRows(statement, parameter, part);
            statement.setObject(parameter++, stamp.member());
            statement.setLong(parameter++, stamp.epoch());
            statement.setBoolean(parameter++, mustBeGuarded);
        }
    }

    private static int bindRows(PreparedStatement statement, int first, Part part) throws SQLException {
        Connection connection = statement.getConnection();
        List<RowWrite> rows = part.rows();
        int parameter = first;
        statement.setArray(parameter++, array(connection, "text", keys(rows)));
        if (!rows.get(0).deletes()) {
            statement.setArray(parameter++, array(connection, "int2", partitions(rows)));
            statement.setArray(parameter++, values(connection, rows));
        }
        return parameter;
    }

    private static String[] keys(List<RowWrite> rows) {
        return rows.stream().map(RowWrite::key).toArray(String[]::new);
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

    /** The results are, in order: BEGIN, the writer, a count for each part, COMMIT, the replication. */
    private BatchReply reply(PreparedStatement statement) throws SQLException {
        statement.getMoreResults();
        WriterRow writer = WriterRow.MISSING;
        boolean guarded = false;
        try (ResultSet row = statement.getResultSet()) {
            if (row.next()) {
                writer = new WriterRow(row.getLong(1), row.getBoolean(2));
                guarded = row.getBoolean(3);
            }
        }
        for (int skipped = 0; skipped < parts.size() + 2; skipped++) {
            statement.getMoreResults();
        }
        try (ResultSet row = statement.getResultSet()) {
            row.next();
            return new BatchReply(writer, guarded, row.getBoolean(1), statement.getWarnings() != null);
        }
    }
}
