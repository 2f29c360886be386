package io.throughline.torture.check;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Counts, of the steps that are still to come, who needs a state and who can make it. A state that is needed again and that
 * nobody can make again must not be left.
 */
final class Supply {

    private static final class Count {
        private int needed;
        private int makers;
    }

    private final Map<State, Count> counts = new HashMap<>();
    private int makersOfAnyNumber;

    Supply(List<Step> steps) {
        steps.forEach(this::putBack);
    }

    void take(Step step) {
        count(step, -1);
    }

    void putBack(Step step) {
        count(step, 1);
    }

    boolean isLostOnceLeft(State state) {
        Count count = counts.get(state);
        return count != null && count.needed > 0 && count.makers == 0 && !(makersOfAnyNumber > 0 && state.isNumber());
    }

    private void count(Step step, int by) {
        Set<State> needs = step.effect().needs();
        if (step.mandatory() && needs.size() == 1) {
            of(needs.iterator().next()).needed += by;
        }
        step.effect().makes().ifPresent(state -> of(state).makers += by);
        if (step.effect().makesSomeNumber()) {
            makersOfAnyNumber += by;
        }
    }

    private Count of(State state) {
        return counts.computeIfAbsent(state, unseen -> new Count());
    }
}
