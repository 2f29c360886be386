package io.throughline.torture.clients;

import io.throughline.torture.history.Action;

/** The calls of one map of one client. Throws what the client throws. */
public interface GridCalls {

    /**
     * @param action with what was seen
     * @param direct whether the shard did it itself
     */
    record Done(Action action, boolean direct) {}

    Done call(String key, Action asked);

    /** Whether a call that failed may have gone to the shard directly. */
    boolean mayGoDirectly();
}
