package io.throughline.torture.check;

import io.throughline.torture.history.Action;
import io.throughline.torture.history.Operation;
import io.throughline.torture.history.Outcome;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Tries every order. Knows nothing of the checker's steps, memory and short cuts, and so can be asked whether that is right. */
final class BruteForce {

    private BruteForce() {}

    /** Whether some order explains the operations of one key, all promised linearizability. */
    static boolean explains(List<Operation> history) {
        List<Operation> some = history.stream()
                .filter(operation -> operation.outcome() != Outcome.REFUSED)
                .toList();
        return explains(new ArrayList<>(some), null, Long.MIN_VALUE);
    }

    private static boolean explains(List<Operation> rest, @Nullable String value, long now) {
        if (rest.stream().allMatch(operation -> operation.outcome() == Outcome.UNKNOWN)) {
            return true;
        }
        for (int i = 0; i < rest.size(); i++) {
            Operation next = rest.get(i);
            long moment = Math.max(now, next.invoked());
            boolean inTime = next.outcome() == Outcome.UNKNOWN || moment <= next.completed();
            if (inTime && fits(next, value)) {
                List<Operation> others = new ArrayList<>(rest);
                others.remove(i);
                if (explains(others, after(next, value), moment)) {
                    return true;
                }
            }
        }
        return false;
    }

    private static boolean fits(Operation operation, @Nullable String value) {
        boolean unknown = operation.outcome() == Outcome.UNKNOWN;
        if (operation.action() instanceof Action.Get get) {
            return unknown || Objects.equals(value, get.seen());
        }
        if (operation.action() instanceof Action.ReplaceIfSame replace) {
            return unknown || replace.replaced() == Objects.equals(value, replace.expected());
        }
        if (operation.action() instanceof Action.Increment increment) {
            return isNumber(value) && (unknown || number(value) + 1 == increment.result());
        }
        return true;
    }

    private static @Nullable String after(Operation operation, @Nullable String value) {
        if (operation.action() instanceof Action.Put put) {
            return put.value();
        }
        if (operation.action() instanceof Action.Remove) {
            return null;
        }
        if (operation.action() instanceof Action.ReplaceIfSame replace) {
            return Objects.equals(value, replace.expected()) ? replace.value() : value;
        }
        return operation.action() instanceof Action.Increment ? Long.toString(number(value) + 1) : value;
    }

    private static boolean isNumber(@Nullable String value) {
        return value == null || value.matches("\\d+");
    }

    private static long number(@Nullable String value) {
        return value == null ? 0 : Long.parseLong(value);
    }

    /** Whether the steps have an order; for what is promised less than linearizability. */
    static boolean orders(List<Step> steps) {
        return orders(new ArrayList<>(steps), State.ABSENT, Long.MIN_VALUE);
    }

    private static boolean orders(List<Step> rest, State state, long now) {
        if (rest.stream().noneMatch(Step::mandatory)) {
            return true;
        }
        for (int i = 0; i < rest.size(); i++) {
            Step next = rest.get(i);
            long moment = Math.max(now, next.from());
            boolean ready = rest.stream().noneMatch(other -> next.after().contains(other.id()));
            if (ready && moment <= next.to() && next.effect().admits(state)) {
                List<Step> others = new ArrayList<>(rest);
                others.remove(i);
                if (orders(others, next.effect().after(state), moment)) {
                    return true;
                }
            }
        }
        return false;
    }
}
