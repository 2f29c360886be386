package io.throughline.torture.check;

import java.util.Optional;
import java.util.Set;

/** What a step asks of a key's state, and what it makes of it. Each is deterministic. */
sealed interface Effect {

    /** Whether a step with this effect can come where the key is in this state. */
    boolean admits(State state);

    /** @param state one that it admits */
    State after(State state);

    /** Whether it depends on the state that it finds. */
    default boolean observes() {
        return true;
    }

    /** Whether it can leave another state than it found. */
    default boolean changes() {
        return true;
    }

    /** The states of which one has to be there before it; empty where it can come after any, or after more than can be named. */
    default Set<State> needs() {
        return Set.of();
    }

    /** The state that it makes; empty where that depends. */
    default Optional<State> makes() {
        return Optional.empty();
    }

    /** Whether it can make any number. */
    default boolean makesSomeNumber() {
        return false;
    }

    /** The same without what it asks of the state that it finds. An effect that then does nothing has to go. */
    Effect blind();

    record Reads(State seen) implements Effect {

        @Override
        public boolean admits(State state) {
            return state.mayBe(seen);
        }

        @Override
        public State after(State state) {
            return seen;
        }

        @Override
        public boolean changes() {
            return false;
        }

        @Override
        public Set<State> needs() {
            return Set.of(seen);
        }

        @Override
        public Effect blind() {
            return this;
        }
    }

    /** Found something else, as a condition that failed does. */
    record Differs(State from) implements Effect {

        @Override
        public boolean admits(State state) {
            return !state.equals(from);
        }

        @Override
        public State after(State state) {
            return state;
        }

        @Override
        public boolean changes() {
            return false;
        }

        @Override
        public Effect blind() {
            return this;
        }
    }

    /** Found this number, as an increment does: 0 may be an absent entry. */
    record Counts(long number) implements Effect {

        @Override
        public boolean admits(State state) {
            return state.equals(State.SOME_NUMBER)
                    || state.number().filter(found -> found == number).isPresent();
        }

        @Override
        public State after(State state) {
            return state.equals(State.SOME_NUMBER) ? State.of(number) : state;
        }

        @Override
        public boolean changes() {
            return false;
        }

        @Override
        public Set<State> needs() {
            return number == 0 ? Set.of(State.ABSENT, State.of(0)) : Set.of(State.of(number));
        }

        @Override
        public Effect blind() {
            return this;
        }
    }

    record Writes(State value) implements Effect {

        @Override
        public boolean admits(State state) {
            return true;
        }

        @Override
        public State after(State state) {
            return value;
        }

        @Override
        public boolean observes() {
            return false;
        }

        @Override
        public Optional<State> makes() {
            return Optional.of(value);
        }

        @Override
        public Effect blind() {
            return this;
        }
    }

    record Replaces(State expected, State value) implements Effect {

        @Override
        public boolean admits(State state) {
            return state.mayBe(expected);
        }

        @Override
        public State after(State state) {
            return value;
        }

        @Override
        public Set<State> needs() {
            return Set.of(expected);
        }

        @Override
        public Optional<State> makes() {
            return Optional.of(value);
        }

        @Override
        public Effect blind() {
            return new Writes(value);
        }
    }

    /** An increment that answered with this number. */
    record Adds(long result) implements Effect {

        @Override
        public boolean admits(State state) {
            return new Counts(result - 1).admits(state);
        }

        @Override
        public State after(State state) {
            return State.of(result);
        }

        @Override
        public Set<State> needs() {
            return new Counts(result - 1).needs();
        }

        @Override
        public Optional<State> makes() {
            return Optional.of(State.of(result));
        }

        @Override
        public Effect blind() {
            return new Writes(State.of(result));
        }
    }

    /** An increment without an answer. */
    record AddsUnseen() implements Effect {

        @Override
        public boolean admits(State state) {
            return state.isNumber();
        }

        @Override
        public State after(State state) {
            return state.number().map(number -> State.of(number + 1)).orElse(State.SOME_NUMBER);
        }

        @Override
        public boolean makesSomeNumber() {
            return true;
        }

        @Override
        public Effect blind() {
            return new WritesSomeNumber();
        }
    }

    /** An increment without an answer that may have begun from an older number. */
    record WritesSomeNumber() implements Effect {

        @Override
        public boolean admits(State state) {
            return true;
        }

        @Override
        public State after(State state) {
            return State.SOME_NUMBER;
        }

        @Override
        public boolean observes() {
            return false;
        }

        @Override
        public boolean makesSomeNumber() {
            return true;
        }

        @Override
        public Effect blind() {
            return this;
        }
    }
}
