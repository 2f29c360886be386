package io.throughline.mapstore.direct;

import io.throughline.mapstore.ErrorCode;
import io.throughline.mapstore.ThroughlineException;
import io.throughline.mapstore.UnknownOutcomeException;
import io.throughline.mapstore.row.RowOperation;
import java.sql.SQLException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** What is said of one direct operation that failed. For one thread. */
final class DirectFailures {

    private final RowOperation operation;
    private final long timeoutMillis;
    private @Nullable SQLException last;

    DirectFailures(RowOperation operation, Duration timeout) {
        this.operation = operation;
        this.timeoutMillis = timeout.toMillis();
    }

    void note(SQLException failure) {
        last = failure;
    }

    ThroughlineException timedOut(boolean mayBeStored) {
        return failed(
                mayBeStored,
                mayBeStored ? ErrorCode.WRITE_TIMEOUT : ErrorCode.SHARD_UNAVAILABLE,
                "the shard did not answer within " + timeoutMillis + " ms (fallback.direct-timeout)"
                        + lastFailureWords(),
                "Try again when the shard has a primary and a quorum.");
    }

    /** What the pool says, and what kept it from connecting. */
    private String lastFailureWords() {
        SQLException failure = last;
        if (failure == null) {
            return "";
        }
        Throwable cause = failure.getCause();
        return "; the last failure: " + failure.getMessage() + (cause == null ? "" : ": " + cause.getMessage());
    }

    ThroughlineException refusedByDatabase(SQLException failure, boolean mayBeStored) {
        return failed(
                mayBeStored,
                ErrorCode.DATABASE_REFUSED,
                "PostgreSQL refused it with SQLState " + failure.getSQLState() + ": " + failure.getMessage(),
                "Correct the row, the table or the role's rights.");
    }

    ThroughlineException ahead(long millis, boolean mayBeStored) {
        return failed(
                mayBeStored,
                ErrorCode.CLOCK_SKEW,
                "its deadline is " + millis + " ms ahead of the shard's clock, more than attempts.max-clock-skew",
                "Correct the clocks of the client's and the shard's machines.");
    }

    UnknownOutcomeException forgotten() {
        return operation.unknown(
                ErrorCode.ATTEMPT_REPEATED,
                "an earlier try got no answer, and the row has taken more operations since than it remembers",
                "Read the key to see.",
                last);
    }

    ThroughlineException notReplicated(boolean mayBeStored) {
        return failed(
                mayBeStored,
                ErrorCode.NOT_REPLICATED,
                "the shard's synchronous replication is off, so an acknowledged write would be on one machine only",
                "Set synchronous_standby_names and synchronous_commit again, or choose write.on-degraded: warn.");
    }

    UnknownOutcomeException onOneMachine() {
        return operation.unknown(
                ErrorCode.NOT_REPLICATED,
                "it was committed on the primary, and no standby has confirmed it",
                "Put it again when the shard's synchronous replication is back.",
                last);
    }

    private ThroughlineException failed(boolean mayBeStored, ErrorCode code, String what, String wayOut) {
        return mayBeStored
                ? operation.unknown(code, what + "; an earlier try got no answer", wayOut, last)
                : operation.refused(code, what, wayOut, last);
    }
}
