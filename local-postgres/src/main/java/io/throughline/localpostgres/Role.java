package io.throughline.localpostgres;

/** What a node is to its shard. It is remembered in the state file, so that a restart cannot change it. */
public enum Role {
    PRIMARY,
    /** Follows the primary, counts for its quorum, and may be promoted. */
    STANDBY,
    /** Its data must not be used: it was a primary before another was promoted, or is being cloned. Never promoted. */
    STALE
}
