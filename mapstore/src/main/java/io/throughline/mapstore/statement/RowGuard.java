package io.throughline.mapstore.statement;

/**
 * By what a row judges what carries a deadline and an id, and what it remembers of it: the same for an attempt through a
 * member and for a client's own write (docs/attempts.md). For the update branch of an upsert, where {@code excluded} is what
 * came and {@code row} what is there.
 */
final class RowGuard {

    /** An id and the time when it was taken, for each of the last four operations. */
    static final int REMEMBERED = 8;

    static final String REMEMBER = "(excluded.attempts || row.attempts)[1:" + REMEMBERED + "]";

    static final String NOT_TAKEN = "(row.attempts IS NULL OR excluded.attempts[1] <> ALL (row.attempts))";

    /** Parameter: from when on something may have been pushed out. */
    static final String NOT_FORGOTTEN = "coalesce(row.attempts[" + REMEMBERED + "], 0) < ?";

    private RowGuard() {}

    /** What an operation leaves behind, whose id is here. */
    static String takenNow(String id) {
        return "ARRAY[" + id + ", " + WriterGuard.NOW + "]";
    }
}
