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

/** What a member says of an attempt that its row did not take, for the model of the protocol. */
public final class AttemptAnswers {

    private AttemptAnswers() {}

    /** @param answerLost whether an answer to an earlier try was lost */
    public static ThroughlineException notTaken(AttemptOutcome outcome, boolean answerLost) {
        PendingWrite write = new PendingWrite(
                new RowWrite(
                        new RowOperation(Verb.PUT, "kv", "k", 0, "shard-1"),
                        MapTable.of(new GridMapConfig("kv", ValueFormat.TEXT, "kv", 100)),
                        null,
                        new Attempt(1, 2)),
                Duration.ofSeconds(1));
        if (answerLost) {
            write.maybeStored(new IllegalStateException("the connection was lost"));
        }
        return BatchFailures.notTaken(write, outcome);
    }
}
