package io.throughline.mapstore.batch;

import io.throughline.mapstore.ErrorCode;
import io.throughline.mapstore.ThroughlineException;
import io.throughline.mapstore.row.ColumnValue;
import io.throughline.mapstore.statement.RowWrite;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** A store or a delete that waits for its commit. */
public final class PendingWrite extends Pending {

    /** What a row costs beside its value: key, partition, the protocol's lengths. */
    private static final int ROW_OVERHEAD_BYTES = 64;

    private final RowWrite row;
    private volatile boolean secondRun;

    public PendingWrite(RowWrite row, Duration timeout) {
        super(row.operation(), timeout);
        this.row = row;
    }

    RowWrite row() {
        return row;
    }

    /** Its partition has come lately, and this may be a store that its earlier owner has done. */
    void mayBeSecondRun() {
        secondRun = true;
    }

    /** An attempt's client asks the shard, whatever it hears. */
    @Override
    ThroughlineException failure(ErrorCode code, String what, String wayOut, @Nullable Throwable cause) {
        return secondRun && !mayBeStored() && row.attempt() == null
                ? operation()
                        .unknown(
                                code,
                                what
                                        + "; its partition has moved lately, and the member that had it may have stored it",
                                wayOut,
                                cause)
                : super.failure(code, what, wayOut, cause);
    }

    @Override
    public int bytes() {
        ColumnValue column = row.value();
        return ROW_OVERHEAD_BYTES + key().length() + (column == null ? 0 : column.bytes());
    }

    @Override
    ThroughlineException neverSent() {
        return failure(
                ErrorCode.SHARD_UNAVAILABLE,
                "the shard took no write for " + timeout().toMillis() + " ms (write.timeout)" + lastFailureWords(),
                "Try again when the shard has a primary and a quorum.",
                lastFailure());
    }

    @Override
    ThroughlineException neverAnswered() {
        return operation()
                .unknown(
                        ErrorCode.WRITE_TIMEOUT,
                        "sent, and not answered within " + timeout().toMillis() + " ms (write.timeout)"
                                + lastFailureWords(),
                        "Read the key to see which, or put it again: the same put twice is the same as once.",
                        lastFailure());
    }
}
