package io.throughline.mapstore.statement;

/**
 * What stands around the rows of a batch. The lock comes first and is held until the commit, so what the parts find
 * when they run, each with a snapshot of its own, can't change any more.
 */
final class WriterGuard {

    /** Milliseconds since 1970 on the shard's clock. */
    static final String NOW = "(extract(epoch FROM clock_timestamp()) * 1000)::bigint";

    static final String REPLICATED =
            "current_setting('synchronous_standby_names') <> '' AND current_setting('synchronous_commit') NOT IN ('off', 'local')";

    /**
     * Keeps its look at the replication for the parts: PostgreSQL takes up changed settings between the messages of one round
     * trip, and the answer must be what the parts went by.
     *
     * <p>FOR SHARE: a fence, which is a plain update, waits for it. FOR KEY SHARE would not hold the fence
     * back.
     */
    static final String LOCK = "SELECT epoch, fenced, set_config('throughline.replicated', (" + REPLICATED
            + ")::text, true)::boolean FROM throughline.writer WHERE member = ? FOR SHARE";

    /** Parameters: the writer, its epoch, and whether replication must be in force. */
    static final String MAY_WRITE =
            "EXISTS (SELECT FROM throughline.writer WHERE member = ? AND epoch = ? AND NOT fenced)"
                    + " AND (NOT ?::boolean OR current_setting('throughline.replicated', true)::boolean)";

    /** After the commit: what was in force when it was released. */
    static final String AFTER = "SELECT " + REPLICATED;

    private WriterGuard() {}
}
