package io.throughline.mapstore.statement;

import io.throughline.mapstore.config.ValueFormat;
import io.throughline.mapstore.row.ColumnValue;
import io.throughline.mapstore.statement.DirectWrite.Kind;
import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A client's own write to one row, in one round trip: BEGIN, a seal where an earlier copy of it may still be on its way, the
 * guarded write, what the row says now, COMMIT, and a look at the replication that the commit was released by.
 *
 * <p>The row is the guard: there is no writer to be fenced. A later deadline refuses every copy with an earlier one.
 *
 * @param maxClockSkew how far ahead of the shard's clock a deadline may be
 * @param mustBeGuarded whether to write nothing where synchronous replication is not in force
 */
public record DirectStatement(Duration maxClockSkew, boolean mustBeGuarded) {

    private static final String GIVEN = """
            (VALUES (?::text, ?::smallint, ?::%s, ?::bigint, ?::bigint))
                AS given (key, partition, value, deadline, id)""";

    private static final String MAY_WRITE =
            "given.deadline <= " + WriterGuard.NOW + " + ? AND (NOT ?::boolean OR (" + WriterGuard.REPLICATED + "))";

    /**
     * @param deadline later than that of every copy sent before
     * @param seal whether there may be such copies: then none of them can apply once this has committed, whatever becomes
     *     of the write itself
     * @param forgottenFrom not written where the oldest operation that the row remembers was taken then or later: one of those
     *     copies may have been taken before it, and forgotten
     */
    public DirectReply write(Connection connection, DirectWrite write, long deadline, boolean seal, long forgottenFrom)
            throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql(write, seal))) {
            bind(statement, write, deadline, seal, forgottenFrom);
            statement.execute();
            return reply(statement, write.table(), seal);
        }
    }

    private static String sql(DirectWrite write, boolean seal) {
        MapTable table = write.table();
        return "BEGIN;\n" + (seal ? seal(table.name()) + ";\n" : "")
                + (write.kind() == Kind.REPLACE ? replace(table) : upsert(table, write.kind()))
                + ";\n" + outcome(table.name()) + ";\nCOMMIT;\n" + WriterGuard.AFTER;
    }

    /** A millisecond below the deadline, so that the write itself still passes. Locks the row, or makes a tombstone. */
    private static String seal(String table) {
        return """
                INSERT INTO %s AS row (key, partition, not_before, written_at)
                SELECT given.key, given.partition, given.deadline - 1, clock_timestamp()
                FROM (VALUES (?::text, ?::smallint, ?::bigint)) AS given (key, partition, deadline)
                WHERE given.deadline <= %s + ?
                ON CONFLICT (key) DO UPDATE SET not_before = excluded.not_before, written_at = excluded.written_at
                WHERE row.not_before < excluded.not_before""".formatted(table, WriterGuard.NOW);
    }

    private static String upsert(MapTable table, Kind kind) {
        return """
                INSERT INTO %s AS row (key, partition, value, not_before, attempts, written_at)
                SELECT given.key, given.partition, given.value, given.deadline, %s, clock_timestamp()
                FROM %s
                WHERE %s
                ON CONFLICT (key) DO UPDATE
                SET partition = excluded.partition, value = excluded.value, written_at = excluded.written_at,
                    not_before = excluded.not_before, attempts = %s
                WHERE row.not_before < excluded.not_before AND %s AND %s%s""".formatted(
                        table.name(),
                        RowGuard.takenNow("given.id"),
                        GIVEN.formatted(columnType(table)),
                        MAY_WRITE,
                        RowGuard.REMEMBER,
                        RowGuard.NOT_TAKEN,
                        RowGuard.NOT_FORGOTTEN,
                        kind == Kind.PUT_IF_ABSENT ? " AND row.value IS NULL" : "");
    }

    /** json is compared as it was written, byte for byte. */
    private static String replace(MapTable table) {
        return """
                UPDATE %s AS row
                SET partition = given.partition, value = given.value, written_at = clock_timestamp(),
                    not_before = given.deadline, attempts = (%s || row.attempts)[1:%d]
                FROM %s
                WHERE row.key = given.key AND %s
                    AND row.not_before < given.deadline
                    AND (row.attempts IS NULL OR given.id <> ALL (row.attempts))
                    AND %s
                    AND row.value%s = ?""".formatted(
                        table.name(),
                        RowGuard.takenNow("given.id"),
                        RowGuard.REMEMBERED,
                        GIVEN.formatted(columnType(table)),
                        MAY_WRITE,
                        RowGuard.NOT_FORGOTTEN,
                        table.format() == ValueFormat.JSON ? "::text" : "");
    }

    private static String outcome(String table) {
        return """
                SELECT given.id = ANY (coalesce(row.attempts, '{}')), coalesce(row.not_before, 0), row.value, row.attempts, %s, %s
                FROM (VALUES (?::text, ?::bigint)) AS given (key, id)
                LEFT JOIN %s AS row ON row.key = given.key""".formatted(WriterGuard.NOW, WriterGuard.REPLICATED, table);
    }

    private static String columnType(MapTable table) {
        return switch (table.format()) {
            case TEXT -> "text";
            case JSON -> "json";
            case BINARY -> "bytea";
        };
    }

    private void bind(PreparedStatement statement, DirectWrite write, long deadline, boolean seal, long forgottenFrom)
            throws SQLException {
        String key = write.operation().key();
        int partition = write.operation().partition();
        int next = 1;
        if (seal) {
            statement.setString(next++, key);
            statement.setInt(next++, partition);
            statement.setLong(next++, deadline);
            statement.setLong(next++, maxClockSkew.toMillis());
        }
        statement.setString(next++, key);
        statement.setInt(next++, partition);
        setColumn(statement, next++, write.table(), write.value());
        statement.setLong(next++, deadline);
        statement.setLong(next++, write.id());
        statement.setLong(next++, maxClockSkew.toMillis());
        statement.setBoolean(next++, mustBeGuarded);
        statement.setLong(next++, forgottenFrom);
        if (write.kind() == Kind.REPLACE) {
            setColumn(statement, next++, write.table(), write.expected());
        }
        statement.setString(next++, key);
        statement.setLong(next, write.id());
    }

    private static void setColumn(
            PreparedStatement statement, int parameter, MapTable table, @Nullable ColumnValue value)
            throws SQLException {
        if (table.format() == ValueFormat.BINARY) {
            statement.setBytes(parameter, value == null ? null : (byte[]) value.column());
        } else {
            statement.setString(parameter, value == null ? null : (String) value.column());
        }
    }

    /** The results are, in order: BEGIN, the seal where there is one, the write, the row, COMMIT, the replication. */
    private static DirectReply reply(PreparedStatement statement, MapTable table, boolean seal) throws SQLException {
        for (int result = 0; result < (seal ? 3 : 2); result++) {
            statement.getMoreResults();
        }
        try (ResultSet row = statement.getResultSet()) {
            row.next();
            boolean taken = row.getBoolean(1);
            long notBefore = row.getLong(2);
            Object column = column(row, 3, table);
            List<Long> attempts = attempts(row.getArray(4));
            long now = row.getLong(5);
            boolean guarded = row.getBoolean(6);
            statement.getMoreResults(); // COMMIT
            statement.getMoreResults();
            try (ResultSet after = statement.getResultSet()) {
                after.next();
                return new DirectReply(
                        taken,
                        notBefore,
                        column,
                        attempts,
                        now,
                        guarded,
                        after.getBoolean(1),
                        statement.getWarnings() != null);
            }
        }
    }

    private static List<Long> attempts(@Nullable Array attempts) throws SQLException {
        return attempts == null ? List.of() : List.of((Long[]) attempts.getArray());
    }

    private static @Nullable Object column(ResultSet row, int number, MapTable table) throws SQLException {
        return table.format() == ValueFormat.BINARY ? row.getBytes(number) : row.getString(number);
    }

    /** The {@code value} column of each key that has one. */
    public static Map<String, Object> read(Connection connection, MapTable table, List<String> keys)
            throws SQLException {
        String sql = "SELECT key, value FROM " + table.name() + " WHERE key = ANY (?::text[]) AND value IS NOT NULL";
        Map<String, Object> columns = new HashMap<>();
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setArray(1, connection.createArrayOf("text", keys.toArray()));
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    columns.put(rows.getString(1), column(rows, 2, table));
                }
            }
        }
        return columns;
    }
}
