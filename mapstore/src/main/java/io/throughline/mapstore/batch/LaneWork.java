package io.throughline.mapstore.batch;

import java.util.List;

/** What a lane does with its batches. */
interface LaneWork<T extends Pending> {

    /**
     * Completes the operations, and gives back those that have to wait. Must not throw. Called by the lane's thread.
     */
    List<T> apply(List<T> batch);

    /** Ends what hangs in a socket now, as nobody has time for it any more. Called by another thread; must not block. */
    default void cutOff() {}
}
