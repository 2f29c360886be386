package io.throughline.torture.clients;

import io.throughline.torture.history.Action;
import io.throughline.torture.history.Outcome;

/**
 * What became of one operation.
 *
 * @param action as it was asked for, with what was seen where the outcome is OK
 * @param invoked as {@link io.throughline.torture.history.Operation#invoked}
 * @param completed likewise
 * @param direct whether it was done by the shard itself, or may have been
 * @param error what the client was told, empty where all went well
 */
public record Answer(Action action, long invoked, long completed, Outcome outcome, boolean direct, String error) {}
