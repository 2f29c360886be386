package io.throughline.mapstore.statement;

import io.throughline.mapstore.attempt.Attempt;
import io.throughline.mapstore.attempt.AttemptOutcome;
import io.throughline.mapstore.config.ValueFormat;
import io.throughline.mapstore.row.ColumnValue;
import io.throughline.mapstore.row.RowOperation;
import io.throughline.mapstore.writer.WriterRow;
import io.throughline.mapstore.writer.WriterStamp;
import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/**
 * A batch of stores and deletes as one commit in one round trip: BEGIN, the writer's lock, the statements for each table's
 * stores, attempts and deletes, COMMIT, and a look at the replication that the commit was released by.
 *
 * <p>Tables, kinds and, for each, keys are in one order in every batch of every member (unsorted, batches deadlock: 40P01). Two
 * batches with the same two keys in different kinds still could; that takes a partition on the move, and the one that
 * PostgreSQL ends is sent again.
 */
public final class WriteStatement {

    /** What is done to rows, in the order of a table's statements. */
    private enum Kind {
        DELETE,
        ATTEMPT,
        UPSERT;

        static Kind of(RowWrite row) {
            if (row.deletes()) {
                return DELETE;
            }
            return row.attempt() == null ? UPSERT : ATTEMPT;
        }
    }

    private record Part(Kind kind, MapTable table, List<RowWrite> rows) {

        boolean lone() {
            return rows.size() == 1;
        }

        List<String> sql() {
            return switch (kind) {
                case DELETE -> List.of(table.delete(), table.bury());
                case ATTEMPT -> List.of(table.attempt(), table.attemptOutcome());
                case UPSERT -> List.of(lone() ? table.upsertOne() : table.upsert());
            };
        }
    }

    private final List<Part> parts;
    private final boolean mustBeGuarded;
    private final Duration maxClockSkew;

    private WriteStatement(List<Part> parts, boolean mustBeGuarded, Duration maxClockSkew) {
        this.parts = parts;
        this.mustBeGuarded = mustBeGuarded;
        this.maxClockSkew = maxClockSkew;
    }

    /**
     * @param rows at least one, and none twice
     * @param mustBeGuarded whether to write nothing where synchronous replication is not in force
     * @param maxClockSkew how far ahead of the shard's clock an attempt's deadline may be
     */
    public static WriteStatement of(List<RowWrite> rows, boolean mustBeGuarded, Duration maxClockSkew) {
        Map<String, Map<Kind, Part>> tables = new TreeMap<>();
        rows.stream()
                .sorted(Comparator.comparing(RowWrite::key))
                .forEach(row -> tables.computeIfAbsent(row.table().map(), map -> new EnumMap<>(Kind.class))
                        .computeIfAbsent(Kind.of(row), kind -> new Part(kind, row.table(), new ArrayList<>()))
                        .rows()
                        .add(row));
        List<Part> parts = tables.values().stream()
                .flatMap(table -> table.values().stream())
                .toList();
        return new WriteStatement(parts, mustBeGuarded, maxClockSkew);
    }

    /**
     * When this returns with {@link BatchReply#applied} and {@link BatchReply#onQuorum}, the batch is durable. On an
     * exception that leaves the connection alive, the caller owes it a ROLLBACK.
     */
    public BatchReply execute(Connection connection, WriterStamp stamp) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql())) {
            bind(new Parameters(statement), stamp);
            statement.execute();
            return reply(statement);
        }
    }

    private String sql() {
        StringBuilder sql = new StringBuilder("BEGIN;\n").append(WriterGuard.LOCK);
        parts.stream()
                .flatMap(part -> part.sql().stream())
                .forEach(each -> sql.append(";\n").append(each));
        return sql.append(";\nCOMMIT;\n").append(WriterGuard.AFTER).toString();
    }

    private void bind(Parameters parameters, WriterStamp stamp) throws SQLException {
        parameters.add(stamp.member());
        for (Part part : parts) {
            List<RowWrite> rows = part.rows();
            switch (part.kind()) {
                case DELETE -> {
                    mayWrite(parameters.addAll("text", keys(rows)), stamp);
                    mayWrite(parameters.addAll("text", keys(rows)), stamp);
                }
                case ATTEMPT -> {
                    mayWrite(attempts(addRows(parameters, rows), rows).add(maxClockSkew.toMillis()), stamp);
                    attempts(parameters.addAll("text", keys(rows)), rows);
                }
                case UPSERT ->
                    mayWrite(part.lone() ? addRow(parameters, rows.get(0)) : addRows(parameters, rows), stamp);
            }
        }
    }

    private void mayWrite(Parameters parameters, WriterStamp stamp) throws SQLException {
        parameters.add(stamp.member()).add(stamp.epoch()).add(mustBeGuarded);
    }

    private static Parameters addRow(Parameters parameters, RowWrite row) throws SQLException {
        return parameters
                .add(row.key())
                .add((short) row.operation().partition())
                .add(Objects.requireNonNull(row.value()).column());
    }

    private static Parameters addRows(Parameters parameters, List<RowWrite> rows) throws SQLException {
        return parameters
                .addAll("text", keys(rows))
                .addAll("int2", column(rows, row -> (short) row.operation().partition(), Short[]::new))
                .addAll(rows.get(0).table().format() == ValueFormat.BINARY ? "bytea" : "text", values(rows));
    }

    private static Parameters attempts(Parameters parameters, List<RowWrite> rows) throws SQLException {
        return parameters
                .addAll("int8", column(rows, row -> attempt(row).deadline(), Long[]::new))
                .addAll("int8", column(rows, row -> attempt(row).id(), Long[]::new));
    }

    private static Attempt attempt(RowWrite row) {
        return Objects.requireNonNull(row.attempt());
    }

    private static Object[] keys(List<RowWrite> rows) {
        return column(rows, RowWrite::key, String[]::new);
    }

    /** As an array of the values' own type: of an Object[] pgjdbc would send text instead of binary. */
    private static <T> Object[] column(List<RowWrite> rows, Function<RowWrite, T> column, IntFunction<T[]> array) {
        return rows.stream().map(column).toArray(array);
    }

    private static @Nullable Object[] values(List<RowWrite> rows) {
        boolean binary = rows.get(0).table().format() == ValueFormat.BINARY;
        @Nullable Object[] columns = binary ? new byte[rows.size()][] : new String[rows.size()];
        for (int i = 0; i < columns.length; i++) {
            ColumnValue value = rows.get(i).value();
            columns[i] = value == null ? null : value.column();
        }
        return columns;
    }

    /** A statement's parameters, from the first on. */
    private static final class Parameters {

        private final PreparedStatement statement;
        private int next = 1;

        Parameters(PreparedStatement statement) {
            this.statement = statement;
        }

        Parameters add(Object value) throws SQLException {
            statement.setObject(next++, value);
            return this;
        }

        Parameters addAll(String type, @Nullable Object[] elements) throws SQLException {
            Array array = statement.getConnection().createArrayOf(type, elements);
            statement.setArray(next++, array);
            return this;
        }
    }

    /** The results are, in order: BEGIN, the writer, those of each part, COMMIT, the replication. */
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
        Map<RowOperation, AttemptOutcome> notApplied = new HashMap<>();
        for (Part part : parts) {
            for (int results = 0; results < part.sql().size(); results++) {
                statement.getMoreResults();
            }
            if (part.kind() == Kind.ATTEMPT) {
                readOutcomes(statement, part, notApplied);
            }
        }
        statement.getMoreResults(); // COMMIT
        statement.getMoreResults();
        try (ResultSet row = statement.getResultSet()) {
            row.next();
            return new BatchReply(
                    writer, guarded, row.getBoolean(1), statement.getWarnings() != null, Map.copyOf(notApplied));
        }
    }

    /** In the order of the rows. */
    private static void readOutcomes(
            PreparedStatement statement, Part part, Map<RowOperation, AttemptOutcome> notApplied) throws SQLException {
        try (ResultSet outcomes = statement.getResultSet()) {
            while (outcomes.next()) {
                AttemptOutcome outcome = AttemptOutcome.valueOf(outcomes.getString(2));
                if (outcome != AttemptOutcome.APPLIED) {
                    notApplied.put(part.rows().get(outcomes.getInt(1) - 1).operation(), outcome);
                }
            }
        }
    }
}
