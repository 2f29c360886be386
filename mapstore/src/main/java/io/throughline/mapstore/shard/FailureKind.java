package io.throughline.mapstore.shard;

import java.sql.SQLException;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a failure says about the rows that were sent. By SQLState (PostgreSQL, appendix A): a state that the server sent
 * with an ERROR means that the transaction is aborted; a lost connection means nothing.
 */
public enum FailureKind {
    /** One row or one table is at fault; nothing was stored, and the others may be sent without it. */
    ROW,
    /** Nothing was stored, and the same batch may succeed later. */
    NOT_STORED,
    /** The answer is lost. */
    MAYBE_STORED;

    /** Connection lost: crash or order to shut down, also in the middle of a commit. */
    private static final Set<String> CONNECTION_LOST = Set.of("57P01", "57P02", "57P05", "40003");

    /** read-only (a standby), transaction rollback, out of resources, lock not available, operator, system error. */
    private static final Set<String> PASSING_CLASSES = Set.of("25", "40", "53", "55", "57", "58");

    public static FailureKind of(SQLException failure) {
        @Nullable String state = failure.getSQLState();
        if (state == null || state.startsWith("08") || state.startsWith("XX") || CONNECTION_LOST.contains(state)) {
            return MAYBE_STORED;
        }
        return PASSING_CLASSES.contains(state.substring(0, 2)) ? NOT_STORED : ROW;
    }
}
