package io.throughline.client;

/** Where an operation was done. */
public enum ServedBy {
    /** By the grid, as a plain client's: every other client sees it at once. */
    CACHE,
    /** By the shard itself: other clients see it at the latest when the maps' time to live has passed. */
    SHARD
}
