package io.throughline.mapstore.statement;

import io.throughline.mapstore.config.GridMapConfig;
import io.throughline.mapstore.config.ValueFormat;

/**
 * The table of a map and the statements on it.
 *
 * @param name as it stands in SQL
 */
public record MapTable(
        String map,
        String name,
        ValueFormat format,
        String upsert,
        String upsertOne,
        String attempt,
        String attemptOutcome,
        String delete,
        String bury,
        String select) {

    /** An array a column instead of a parameter a value, so that every batch size is the same prepared statement. */
    private static final String BATCH = "SELECT * FROM unnest(?::text[], ?::smallint[], ?::%s[])";

    /** For a lone put: for one row, arrays cost PostgreSQL more than parameters (docs/performance.md). */
    private static final String ONE = "SELECT ?::text, ?::smallint, ?::%s";

    public static MapTable of(GridMapConfig map) {
        String table = map.table();
        ValueFormat format = map.valueFormat();
        return new MapTable(
                map.name(),
                table,
                format,
                upsert(table, format, BATCH.formatted(columnType(format))),
                upsert(table, format, ONE.formatted(columnType(format))),
                attempt(table, format),
                attemptOutcome(table),
                delete(table),
                bury(table),
                select(table));
    }

    /** A plain put leaves {@code not_before} and {@code attempts} as they are. */
    private static String upsert(String table, ValueFormat format, String rows) {
        return """
                INSERT INTO %s AS row (key, partition, value, written_at)
                SELECT batch.key, batch.partition, batch.value%s, clock_timestamp()
                FROM (%s) AS batch (key, partition, value)
                WHERE %s
                ON CONFLICT (key) DO UPDATE
                SET partition = excluded.partition, value = excluded.value, written_at = excluded.written_at""".formatted(table, cast(format), rows, WriterGuard.MAY_WRITE);
    }

    // json arrives as text: a json[] would be parsed twice.
    private static String cast(ValueFormat format) {
        return format == ValueFormat.JSON ? "::json" : "";
    }

    private static String columnType(ValueFormat format) {
        return format == ValueFormat.BINARY ? "bytea" : "text";
    }

    /**
     * The row guards itself, in the insert and in the update branch alike: it takes an attempt unless its deadline has
     * passed, a later one has been taken, or this operation has. An attempt leaves {@code not_before} as it is; where it makes
     * the row, its deadline stands there negated, which refuses nothing and is how the update branch gets at it.
     */
    private static String attempt(String table, ValueFormat format) {
        return """
                INSERT INTO %s AS row (key, partition, value, not_before, attempts, written_at)
                SELECT batch.key, batch.partition, batch.value%s, -batch.deadline, %s, clock_timestamp()
                FROM unnest(?::text[], ?::smallint[], ?::%s[], ?::bigint[], ?::bigint[])
                    AS batch (key, partition, value, deadline, id)
                WHERE batch.deadline BETWEEN %s AND %s + ? AND %s
                ON CONFLICT (key) DO UPDATE
                SET partition = excluded.partition, value = excluded.value, written_at = excluded.written_at,
                    attempts = %s
                WHERE row.not_before < -excluded.not_before AND %s""".formatted(
                        table,
                        cast(format),
                        RowGuard.takenNow("batch.id"),
                        columnType(format),
                        WriterGuard.NOW,
                        WriterGuard.NOW,
                        WriterGuard.MAY_WRITE,
                        RowGuard.REMEMBER,
                        RowGuard.NOT_TAKEN);
    }

    /**
     * What became of each attempt, a row each by its place in the batch. In the same transaction: the statement before has
     * locked every row, also those that refused, so what is read here is what it decided on.
     */
    private static String attemptOutcome(String table) {
        return """
                SELECT batch.number, CASE
                    WHEN row.xmin = pg_current_xact_id_if_assigned()::xid AND batch.id = row.attempts[1] THEN 'APPLIED'
                    WHEN batch.id = ANY (row.attempts) THEN 'REPEATED'
                    WHEN row.not_before >= batch.deadline OR batch.deadline <= %s THEN 'OVERTAKEN'
                    ELSE 'AHEAD' END
                FROM unnest(?::text[], ?::bigint[], ?::bigint[]) WITH ORDINALITY AS batch (key, deadline, id, number)
                LEFT JOIN %s AS row ON row.key = batch.key""".formatted(WriterGuard.NOW, table);
    }

    private static String delete(String table) {
        return "DELETE FROM %s WHERE key = ANY (?::text[]) AND not_before <= 0 AND attempts IS NULL AND %s"
                .formatted(table, WriterGuard.MAY_WRITE);
    }

    /**
     * A late attempt must not bring the key back, so a row that has seen attempts stays, without its value. After the
     * delete, not before: what an attempt makes such a row of in between would be missed by both.
     */
    private static String bury(String table) {
        return """
                UPDATE %s SET value = NULL, written_at = clock_timestamp()
                WHERE key = ANY (?::text[]) AND value IS NOT NULL AND (not_before > 0 OR attempts IS NOT NULL) AND %s""".formatted(table, WriterGuard.MAY_WRITE);
    }

    /**
     * A value of null is a tombstone: the key is absent. Always returns the writer's state, in a row without a key where
     * there is nothing else to return.
     */
    private static String select(String table) {
        return """
                SELECT row.key, row.value, writer.epoch, writer.fenced
                FROM throughline.writer AS writer
                LEFT JOIN LATERAL (SELECT key, value FROM %s WHERE key = ANY (?::text[]) AND value IS NOT NULL) AS row
                ON true
                WHERE writer.member = ?""".formatted(table);
    }
}
