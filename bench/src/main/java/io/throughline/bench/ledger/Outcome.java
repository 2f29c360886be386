package io.throughline.bench.ledger;

/** What became of one version of a key. */
public enum Outcome {
    /** No put of this version was ever made. */
    NEVER_SENT,
    /** Sent, and no answer yet. */
    UNANSWERED,
    /** The put returned. */
    ACKNOWLEDGED,
    /** Nothing was stored, says the grid. */
    REFUSED,
    /** It may be stored, or be stored later. */
    UNKNOWN
}
