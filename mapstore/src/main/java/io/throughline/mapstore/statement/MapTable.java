package io.throughline.mapstore.statement;

import io.throughline.mapstore.config.GridMapConfig;
import io.throughline.mapstore.config.ValueFormat;

/** The table of a map and the statements on it. */
public record MapTable(String map, ValueFormat format, String upsert, String delete, String select) {

    public static MapTable of(GridMapConfig map) {
        String table = map.table();
        return new MapTable(
                map.name(), map.valueFormat(), upsert(table, map.valueFormat()), delete(table), select(table));
    }

    /**
     * One statement for a whole batch: an array a column instead of a parameter a value, so that every batch size is the
     * same prepared statement. A plain put leaves {@code not_before} and {@code attempts} as they are.
     */
    private static String upsert(String table, ValueFormat format) {
        return """
                INSERT INTO %s AS row (key, partition, value, written_at)
                SELECT batch.key, batch.partition, batch.value%s, clock_timestamp()
                FROM unnest(?::text[], ?::smallint[], ?::%s[]) AS batch (key, partition, value)
                WHERE %s
                ON CONFLICT (key) DO UPDATE
                SET partition = excluded.partition, value = excluded.value, written_at = excluded.written_at""".formatted(
                        table,
                        // json arrives as text: a json[] would be parsed twice.
                        format == ValueFormat.JSON ? "::json" : "",
                        format == ValueFormat.BINARY ? "bytea" : "text",
                        WriterGuard.MAY_WRITE);
    }

    private static String delete(String table) {
        return "DELETE FROM %s WHERE key = ANY (?::text[]) AND %s".formatted(table, WriterGuard.MAY_WRITE);
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
