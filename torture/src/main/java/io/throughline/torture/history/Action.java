package io.throughline.torture.history;

import org.jspecify.annotations.Nullable;

/** What an operation asked for and, where its outcome is {@link Outcome#OK}, what it got. A null value is an absent entry. */
public sealed interface Action {

    /** @param seen what was read; without meaning unless the outcome is OK */
    record Get(@Nullable String seen) implements Action {}

    record Put(String value) implements Action {}

    record Remove() implements Action {}

    /** @param replaced whether it found what it expected; without meaning unless the outcome is OK */
    record ReplaceIfSame(@Nullable String expected, String value, boolean replaced) implements Action {}

    /**
     * An entry processor that adds one to a decimal number, where absent counts as 0.
     *
     * @param result what it returned, the number after it; without meaning unless the outcome is OK
     */
    record Increment(long result) implements Action {}
}
