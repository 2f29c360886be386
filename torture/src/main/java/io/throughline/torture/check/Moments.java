package io.throughline.torture.check;

import io.throughline.torture.check.Effect.Adds;
import io.throughline.torture.check.Effect.AddsUnseen;
import io.throughline.torture.check.Effect.Counts;
import io.throughline.torture.check.Effect.Differs;
import io.throughline.torture.check.Effect.Reads;
import io.throughline.torture.check.Effect.Replaces;
import io.throughline.torture.check.Effect.Writes;
import io.throughline.torture.check.Effect.WritesSomeNumber;
import io.throughline.torture.history.Action;
import io.throughline.torture.history.Operation;
import io.throughline.torture.history.Outcome;
import java.util.ArrayList;
import java.util.List;

/** The moments at which one operation may have looked at its key and changed it. Not thread-safe; used once. */
final class Moments {

    private final Operation operation;
    private final boolean unknown;
    private final boolean decidesBehind;
    private final boolean mayRunTwice;
    private final long oldest;
    private final List<Step> steps = new ArrayList<>();
    private int nextId;

    /**
     * @param firstId id of the first step
     * @param behind how far what it decides on may be behind, ns; 0 where it decides on what is current
     */
    Moments(Operation operation, int firstId, long behind, boolean mayRunTwice) {
        this.operation = operation;
        this.nextId = firstId;
        this.unknown = operation.outcome() == Outcome.UNKNOWN;
        this.decidesBehind = behind > 0;
        this.oldest = operation.invoked() - behind;
        this.mayRunTwice = mayRunTwice;
    }

    List<Step> steps() {
        if (operation.outcome() != Outcome.REFUSED) {
            Action action = operation.action();
            if (action instanceof Action.Get get) {
                get(get);
            } else if (action instanceof Action.Put put) {
                write(new Writes(State.of(put.value())));
            } else if (action instanceof Action.Remove) {
                write(new Writes(State.ABSENT));
            } else if (action instanceof Action.ReplaceIfSame replace) {
                replace(replace);
            } else if (action instanceof Action.Increment increment) {
                increment(increment);
            }
        }
        return steps;
    }

    private void get(Action.Get get) {
        if (!unknown) {
            look(new Reads(State.of(get.seen())));
        }
    }

    private void replace(Action.ReplaceIfSame replace) {
        State expected = State.of(replace.expected());
        State value = State.of(replace.value());
        if (!unknown && !replace.replaced()) {
            look(new Differs(expected));
            again(decidesBehind ? new Writes(value) : new Replaces(expected, value));
        } else if (decidesBehind) {
            writeAfter(look(new Reads(expected)), new Writes(value));
        } else {
            write(new Replaces(expected, value));
        }
    }

    private void increment(Action.Increment increment) {
        if (unknown) {
            write(decidesBehind ? new WritesSomeNumber() : new AddsUnseen());
            return;
        }
        if (decidesBehind) {
            writeAfter(look(new Counts(increment.result() - 1)), new Writes(State.of(increment.result())));
        } else {
            add(operation.invoked(), true, new Adds(increment.result()), List.of());
        }
        again(decidesBehind ? new WritesSomeNumber() : new AddsUnseen());
    }

    private Step look(Effect effect) {
        return add(oldest, !unknown, effect, List.of());
    }

    private void write(Effect effect) {
        add(operation.invoked(), !unknown, effect, List.of());
        again(effect);
    }

    private void writeAfter(Step look, Effect effect) {
        add(operation.invoked(), !unknown, effect, List.of(look.id()));
        if (!(operation.action() instanceof Action.Increment)) {
            again(effect);
        }
    }

    private void again(Effect effect) {
        if (mayRunTwice) {
            add(operation.invoked(), false, effect, List.of());
        }
    }

    private Step add(long from, boolean mandatory, Effect effect, List<Integer> after) {
        long to = unknown ? Step.NEVER_OVER : operation.completed();
        Step step = new Step(nextId++, operation.id(), from, to, mandatory, effect, after);
        steps.add(step);
        return step;
    }
}
