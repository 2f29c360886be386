package io.throughline.torture.history;

/** The three answers that a client can get (DESIGN.md, promise 7). */
public enum Outcome {
    OK,
    /** Nothing was stored, then or ever. */
    REFUSED,
    /** It may take effect at any time, once, or never. */
    UNKNOWN
}
