package io.throughline.mapstore.attempt;

/** What a row made of an attempt. */
public enum AttemptOutcome {
    /** It was written now. */
    APPLIED,
    /** It had been written before, when it was sent first; another may have written since. */
    REPEATED,
    /** It was not written: its deadline has passed, or a later one has been taken. */
    OVERTAKEN,
    /** It was not written: its deadline is further ahead of the shard's clock than {@code attempts.max-clock-skew}. */
    AHEAD
}
