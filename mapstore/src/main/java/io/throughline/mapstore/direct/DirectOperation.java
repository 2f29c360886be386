package io.throughline.mapstore.direct;

import io.throughline.mapstore.ErrorCode;
import io.throughline.mapstore.RefusedException;
import io.throughline.mapstore.UnknownOutcomeException;
import io.throughline.mapstore.attempt.Attempt;
import io.throughline.mapstore.row.RowOperation;
import io.throughline.mapstore.row.ValueCodec;
import io.throughline.mapstore.statement.DirectWrite;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** One write to one row, with the id that makes it one however often it is sent. Thread-safe. */
public final class DirectOperation {

    private final DirectWrite write;
    private final ValueCodec codec;
    private final DirectShard shard;

    DirectOperation(DirectWrite write, ValueCodec codec, DirectShard shard) {
        this.write = write;
        this.codec = codec;
        this.shard = shard;
    }

    public String key() {
        return write.operation().key();
    }

    public String shard() {
        return shard.name();
    }

    /** A try of this operation through the cache that gives up after this long. */
    public SentAttempt attempt(Duration timeout) {
        long now = shard.now();
        return new SentAttempt(new Attempt(now + timeout.toMillis(), write.id()), now);
    }

    /**
     * Writes at the shard, or finds that the row has taken this operation already. Blocks.
     *
     * @param attempt what was sent through the cache before, and may still arrive; null where nothing was
     * @throws RefusedException if nothing was written, and nothing will be
     * @throws UnknownOutcomeException if it may be written, now or later
     */
    public DirectOutcome run(@Nullable SentAttempt attempt, Sending sending) {
        DirectOutcome outcome = shard.write(write, attempt, sending);
        Object column = outcome.current();
        return column == null ? outcome : new DirectOutcome(outcome.applied(), codec.fromColumn(column));
    }

    /** As {@link RowOperation#refused}. */
    public RefusedException refused(ErrorCode code, String what, String wayOut, @Nullable Throwable cause) {
        return write.operation().refused(code, what, wayOut, cause);
    }

    /** As {@link RowOperation#unknown}. */
    public UnknownOutcomeException unknown(ErrorCode code, String what, String wayOut, @Nullable Throwable cause) {
        return write.operation().unknown(code, what, wayOut, cause);
    }
}
