package io.throughline.torture.workload;

import io.throughline.torture.history.Action;
import io.throughline.torture.history.Operation;

/** Does one operation and returns it as it was recorded. */
@FunctionalInterface
public interface Hands {

    Operation perform(String key, Action asked);
}
