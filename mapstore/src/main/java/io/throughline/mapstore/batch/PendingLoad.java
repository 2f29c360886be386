package io.throughline.mapstore.batch;

import io.throughline.mapstore.ErrorCode;
import io.throughline.mapstore.ThroughlineException;
import io.throughline.mapstore.row.RowOperation;
import io.throughline.mapstore.statement.MapTable;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** A load that waits for its query. */
public final class PendingLoad extends Pending {

    private final MapTable table;
    private volatile @Nullable Object column;

    public PendingLoad(RowOperation operation, MapTable table, Duration timeout) {
        super(operation, timeout);
        this.table = table;
    }

    MapTable table() {
        return table;
    }

    void found(@Nullable Object found) {
        column = found;
        succeed();
    }

    /** What the row's {@code value} column held, or null where there was no row. After {@link #await} has returned. */
    public @Nullable Object column() {
        return column;
    }

    @Override
    int bytes() {
        return key().length();
    }

    @Override
    ThroughlineException neverSent() {
        return operation()
                .refused(
                        ErrorCode.SHARD_UNAVAILABLE,
                        "the shard answered no read for " + timeout().toMillis() + " ms (read.timeout)"
                                + lastFailureWords(),
                        "Try again when the shard has a primary.",
                        lastFailure());
    }

    @Override
    ThroughlineException neverAnswered() {
        return neverSent();
    }
}
