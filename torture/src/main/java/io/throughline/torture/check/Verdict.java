package io.throughline.torture.check;

/** What a search found out. */
public enum Verdict {
    GOOD,
    VIOLATED,
    /** The search would have taken longer than its bound: neither good nor bad. */
    NOT_DECIDED
}
