package io.throughline.mapstore.batch;

/** What became of sending a batch. */
enum Try {
    /** Nothing of it is left to be sent. */
    ENDED,
    /** Its writer's epoch had been raised, and the new one is known: it may be sent again at once. */
    EPOCH_RAISED,
    FAILED
}
