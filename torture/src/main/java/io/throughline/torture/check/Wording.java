package io.throughline.torture.check;

import io.throughline.torture.history.Action;
import io.throughline.torture.history.Operation;
import io.throughline.torture.history.Outcome;
import org.jspecify.annotations.Nullable;

/** How an operation is named to a person. Stateless. */
public final class Wording {

    private static final int SHOWN = 32;

    private Wording() {}

    /** What was asked for and what came of it, such as {@code get → "a"}. */
    public static String of(Operation operation) {
        return asked(operation.action()) + answer(operation);
    }

    /** In quotation marks and shortened in the middle where it is long; a value that isn't there is {@code nothing}. */
    public static String value(@Nullable String value) {
        if (value == null) {
            return "nothing";
        }
        boolean fits = value.length() <= SHOWN;
        // Values that were appended to differ at their end.
        return '"' + (fits ? value : value.substring(0, 8) + "…" + value.substring(value.length() - SHOWN + 9)) + '"';
    }

    /** With its number and its client, for a sentence. */
    static String named(Operation operation) {
        return "operation " + operation.id() + " (client " + operation.client() + ", " + of(operation) + ")";
    }

    /** As {@link #named}, at the beginning of a sentence. */
    static String sentence(Operation operation) {
        return "O" + named(operation).substring(1);
    }

    private static String asked(Action action) {
        if (action instanceof Action.Put put) {
            return "put " + value(put.value());
        }
        if (action instanceof Action.Remove) {
            return "remove";
        }
        if (action instanceof Action.ReplaceIfSame replace) {
            return "replace " + value(replace.expected()) + " by " + value(replace.value());
        }
        return action instanceof Action.Increment ? "increment" : "get";
    }

    private static String answer(Operation operation) {
        if (operation.outcome() != Outcome.OK) {
            return operation.outcome() == Outcome.REFUSED ? ", refused" : ", unknown";
        }
        if (operation.action() instanceof Action.Get get) {
            return " → " + value(get.seen());
        }
        if (operation.action() instanceof Action.ReplaceIfSame replace) {
            return replace.replaced() ? " → done" : " → it was another";
        }
        return operation.action() instanceof Action.Increment increment ? " → " + increment.result() : "";
    }
}
