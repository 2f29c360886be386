package io.throughline.mapstore.batch;

import io.throughline.mapstore.ThroughlineException;
import io.throughline.mapstore.attempt.Attempt;
import io.throughline.mapstore.attempt.AttemptOutcome;
import io.throughline.mapstore.config.GridMapConfig;
import io.throughline.mapstore.config.ValueFormat;
import io.throughline.mapstore.row.RowOperation;
import io.throughline.mapstore.row.RowOperation.Verb;
import io.throughline.mapstore.statement.MapTable;
import io.throughline.mapstore.statement.RowWrite;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** What a member says of an attempt that its row did not take, for the model of the protocol. */
public final class AttemptAnswers {

    private AttemptAnswers() {}

    /**
     * What a member says of a plain put that its shard didn't take.
     *
     * @param secondRun whether the partition has come to it lately
     */
    public static ThroughlineException neverSent(boolean secondRun) {
        PendingWrite write = write(null);
        if (secondRun) {
            write.mayBeSecondRun();
        }
        return write.neverSent();
    }

    /** @param answerLost whether an answer to an earlier try was lost */
    public static ThroughlineException notTaken(AttemptOutcome outcome, boolean answerLost) {
        PendingWrite write = write(new Attempt(1, 2));
        if (answerLost) {
            write.maybeStored(new IllegalStateException("the connection was lost"));
        }
        return BatchFailures.notTaken(write, outcome);
    }

    private static PendingWrite write(@Nullable Attempt attempt) {
        return new PendingWrite(
                new RowWrite(
                        new RowOperation(Verb.PUT, "kv", "k", 0, "shard-1"),
                        MapTable.of(new GridMapConfig("kv", ValueFormat.TEXT, "kv", 100)),
                        null,
                        attempt),
                Duration.ofSeconds(1));
    }
}
