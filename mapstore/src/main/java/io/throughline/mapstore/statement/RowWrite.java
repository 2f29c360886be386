package io.throughline.mapstore.statement;

import io.throughline.mapstore.row.ColumnValue;
import io.throughline.mapstore.row.RowOperation;
import org.jspecify.annotations.Nullable;

/**
 * What is to become of a row.
 *
 * @param value null to delete it
 */
public record RowWrite(
        RowOperation operation, MapTable table, @Nullable ColumnValue value) {

    String key() {
        return operation.key();
    }

    boolean deletes() {
        return value == null;
    }
}
