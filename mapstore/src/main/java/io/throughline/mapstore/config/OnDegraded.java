package io.throughline.mapstore.config;

/** What becomes of a write while its shard's synchronous replication is not in force. */
public enum OnDegraded {
    /** It is not acknowledged: an acknowledged write is never on one machine only. */
    REFUSE,
    /** It is acknowledged, and a warning logged: availability over durability. */
    WARN
}
