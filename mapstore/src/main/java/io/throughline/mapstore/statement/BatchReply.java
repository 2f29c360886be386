package io.throughline.mapstore.statement;

import io.throughline.mapstore.attempt.AttemptOutcome;
import io.throughline.mapstore.row.RowOperation;
import io.throughline.mapstore.writer.WriterRow;
import io.throughline.mapstore.writer.WriterStamp;
import java.util.Map;

/**
 * What a batch brings back, also where it wrote nothing.
 *
 * @param writer the writer's row, locked while the batch ran
 * @param guarded whether synchronous replication was in force when the batch began
 * @param replicated whether it was in force after the commit. Seen from inside the batch it is not enough: whoever
 *     empties {@code synchronous_standby_names} releases the commits that wait, as successes
 * @param warned whether the commit's wait for the standbys was cancelled, which PostgreSQL reports as a success with a
 *     warning
 * @param notApplied the attempts of the batch that their rows did not take
 */
public record BatchReply(
        WriterRow writer,
        boolean guarded,
        boolean replicated,
        boolean warned,
        Map<RowOperation, AttemptOutcome> notApplied) {

    /** Whether the rows are written and committed, at least on the primary. */
    public boolean applied(WriterStamp stamp, boolean mustBeGuarded) {
        return !writer.fenced() && writer.epoch() == stamp.epoch() && (guarded || !mustBeGuarded);
    }

    public boolean onQuorum() {
        return replicated && !warned;
    }

    public AttemptOutcome outcomeOf(RowWrite row) {
        return notApplied.getOrDefault(row.operation(), AttemptOutcome.APPLIED);
    }
}
