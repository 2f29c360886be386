package io.throughline.mapstore;

/**
 * The stable code of an error, second word of its message: {@code [REFUSED VALUE_TOO_LARGE] …}. Codes are added, never
 * renamed, so that an alert or a client in another language may match on them.
 */
public enum ErrorCode {
    /** The key is no {@code String}. */
    KEY_TYPE,
    /** The key is empty, longer than 512 bytes of UTF-8, or holds a NUL or a lone surrogate. */
    KEY_INVALID,
    /** The value's type is not the one that the map's {@code value-format} calls for. */
    VALUE_TYPE,
    /** The value has more bytes than {@code max-value-bytes}. */
    VALUE_TOO_LARGE,
    /** The text holds a NUL or a lone surrogate, which PostgreSQL can't keep. */
    VALUE_TEXT_INVALID,
    /** The value is not well-formed JSON, or nested too deeply. */
    VALUE_JSON_INVALID,
    /** More operations wait for this shard than {@code queue-limit} allows. */
    OVERLOADED,
    /** The shard could not be reached, or found unable to write, for the whole timeout; nothing was sent to it. */
    SHARD_UNAVAILABLE,
    /** PostgreSQL refused this very row or table: a constraint, a missing right, a missing table. */
    DATABASE_REFUSED,
    /** The shard's synchronous replication is not in force. */
    NOT_REPLICATED,
    /** This member has been fenced, or may not join: others write in its place. */
    FENCED,
    /** The key's partition has moved to another member, to which Hazelcast sends the operation by itself. */
    PARTITION_MOVED,
    /** The write was sent, and its answer did not come within {@code write.timeout}; of an attempt, it was lost. */
    WRITE_TIMEOUT,
    /** What came is no envelope that this member can open. */
    ENVELOPE_INVALID,
    /** The row has taken a later deadline than this attempt's. */
    ATTEMPT_OVERTAKEN,
    /** The operation took effect when it was sent before, and another may have written since. */
    ATTEMPT_REPEATED,
    /** The deadline is further ahead of the shard's clock than {@code attempts.max-clock-skew}. */
    CLOCK_SKEW,
    /** The resilient client has been closed. */
    CLIENT_CLOSED
}
