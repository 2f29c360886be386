package io.throughline.mapstore.batch;

import io.throughline.mapstore.ErrorCode;
import io.throughline.mapstore.ThroughlineException;
import io.throughline.mapstore.attempt.AttemptOutcome;
import io.throughline.mapstore.writer.NotAllowedException;
import java.sql.SQLException;

/** What is said of an operation whose batch did not do it. */
final class BatchFailures {

    private BatchFailures() {}

    /** Why a batch that reached the shard did nothing, and is sent again. */
    static SQLException epochRaised() {
        return new SQLException("this member's epoch was raised, as partitions moved or an answer was lost", "25T02");
    }

    static ThroughlineException refusedByDatabase(Pending pending, SQLException failure) {
        return pending.failure(
                ErrorCode.DATABASE_REFUSED,
                "PostgreSQL refused it with SQLState " + failure.getSQLState() + ": " + failure.getMessage(),
                "Correct the row, the table or the role's rights.",
                failure);
    }

    /** Refused also where this may be a second run: it is run again at the next owner, which says what became of it. */
    static ThroughlineException moved(Pending pending) {
        ErrorCode code = ErrorCode.PARTITION_MOVED;
        String what = "its partition has moved to another member";
        String wayOut = "Hazelcast sends it there by itself.";
        return pending.mayBeStored()
                ? pending.failure(code, what, wayOut, null)
                : pending.operation().refused(code, what, wayOut, null);
    }

    static ThroughlineException notAllowed(Pending pending, NotAllowedException notAllowed) {
        String message = String.valueOf(notAllowed.getMessage());
        return pending.failure(ErrorCode.FENCED, message, "Try again: another member has its place.", notAllowed);
    }

    static ThroughlineException notReplicated(Pending pending) {
        return pending.failure(
                ErrorCode.NOT_REPLICATED,
                "the shard's synchronous replication is off, so an acknowledged write would be on one machine only",
                "Set synchronous_standby_names and synchronous_commit again, or choose write.on-degraded: warn.",
                null);
    }

    static ThroughlineException onOneMachine(Pending pending) {
        return pending.operation()
                .unknown(
                        ErrorCode.NOT_REPLICATED,
                        "it was committed on the primary, and no standby has confirmed it",
                        "Put it again when the shard's synchronous replication is back.",
                        null);
    }

    /** Of an attempt, which is not sent again. */
    static ThroughlineException answerLost(PendingWrite attempt, SQLException failure) {
        return attempt.operation()
                .unknown(
                        ErrorCode.WRITE_TIMEOUT,
                        "its answer was lost: " + failure.getMessage(),
                        "The resilient client asks the shard then.",
                        failure);
    }

    /** What a row that did not take an attempt says to its client. */
    static ThroughlineException notTaken(PendingWrite write, AttemptOutcome outcome) {
        return switch (outcome) {
            case OVERTAKEN ->
                write.failure(
                        ErrorCode.ATTEMPT_OVERTAKEN,
                        "its deadline has passed, or the row has taken a later one",
                        "The resilient client writes to the shard itself then.",
                        null);
            case AHEAD ->
                write.failure(
                        ErrorCode.CLOCK_SKEW,
                        "its deadline is further ahead of the shard's clock than attempts.max-clock-skew",
                        "Correct the clocks of the client's and the shard's machines.",
                        null);
            case REPEATED, APPLIED ->
                write.operation()
                        .unknown(
                                ErrorCode.ATTEMPT_REPEATED,
                                "it was written when it was sent before, and another may have been since",
                                "Read the key to see.",
                                null);
        };
    }
}
