package io.throughline.mapstore.direct;

import io.throughline.mapstore.ErrorCode;
import io.throughline.mapstore.RefusedException;
import io.throughline.mapstore.row.RowOperation;
import io.throughline.mapstore.row.ValueCodec;
import io.throughline.mapstore.statement.MapTable;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A read of one row from its primary. Thread-safe. */
public final class DirectRead {

    private final RowOperation operation;
    private final MapTable table;
    private final ValueCodec codec;
    private final DirectShard shard;

    DirectRead(RowOperation operation, MapTable table, ValueCodec codec, DirectShard shard) {
        this.operation = operation;
        this.table = table;
        this.codec = codec;
        this.shard = shard;
    }

    public String key() {
        return operation.key();
    }

    public String shard() {
        return shard.name();
    }

    /**
     * The row's value, or null where there is none. Blocks.
     *
     * @throws RefusedException if the shard could not be read in time
     */
    public @Nullable Object run(Sending sending) {
        Object column =
                shard.read(operation, table, List.of(operation.key()), sending).get(operation.key());
        return column == null ? null : codec.fromColumn(column);
    }

    /** As {@link RowOperation#refused}. */
    public RefusedException refused(ErrorCode code, String what, String wayOut, @Nullable Throwable cause) {
        return operation.refused(code, what, wayOut, cause);
    }
}
