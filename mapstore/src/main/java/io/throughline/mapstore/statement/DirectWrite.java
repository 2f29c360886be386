package io.throughline.mapstore.statement;

import io.throughline.mapstore.row.ColumnValue;
import io.throughline.mapstore.row.RowOperation;
import org.jspecify.annotations.Nullable;

/**
 * What a client wants to become of a row, straight at the shard.
 *
 * @param value null for a {@link Kind#REMOVE} and nothing else
 * @param expected what a {@link Kind#REPLACE} replaces; null for all else
 * @param id of the operation, random, odd where a condition decides: the row takes it once, however often it is sent
 */
public record DirectWrite(
        Kind kind,
        RowOperation operation,
        MapTable table,
        @Nullable ColumnValue value,
        @Nullable ColumnValue expected,
        long id) {

    /** When a row takes it. */
    public enum Kind {
        PUT,
        REMOVE,
        PUT_IF_ABSENT,
        REPLACE;

        public boolean conditional() {
            return this == PUT_IF_ABSENT || this == REPLACE;
        }
    }
}
