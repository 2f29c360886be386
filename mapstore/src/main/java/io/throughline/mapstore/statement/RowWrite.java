package io.throughline.mapstore.statement;

import io.throughline.mapstore.attempt.Attempt;
import io.throughline.mapstore.row.ColumnValue;
import io.throughline.mapstore.row.RowOperation;
import org.jspecify.annotations.Nullable;

/**
 * What is to become of a row.
 *
 * @param value null to delete it
 * @param attempt null for a plain write, which no row refuses
 */
public record RowWrite(
        RowOperation operation,
        MapTable table,
        @Nullable ColumnValue value,
        @Nullable Attempt attempt) {

    String key() {
        return operation.key();
    }

    boolean deletes() {
        return value == null;
    }
}
