package io.throughline.torture.check;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Who may have written which value of a key. Immutable. */
final class Writers {

    private final Map<State, List<Step>> writers = new HashMap<>();
    private final boolean someNumber;

    Writers(KeyHistory history) {
        List<Step> steps = history.steps().toList();
        steps.forEach(step -> step.effect()
                .makes()
                .ifPresent(state -> writers.computeIfAbsent(state, unseen -> new ArrayList<>())
                        .add(step)));
        someNumber = steps.stream().anyMatch(step -> step.effect().makesSomeNumber());
    }

    boolean mayHaveBeenWritten(State state) {
        return state.equals(State.ABSENT) || writers.containsKey(state) || (someNumber && state.isNumber());
    }

    /** When the last of its writers was over, ns; {@link Step#NEVER_OVER} where a write of it may still come. A key begins absent. */
    long lastWritten(State state) {
        boolean mayCome = someNumber && state.isNumber();
        return mayCome ? Step.NEVER_OVER : lastWriter(state).map(Step::to).orElse(Long.MIN_VALUE);
    }

    Optional<Step> lastWriter(State state) {
        return writers.getOrDefault(state, List.of()).stream().max(Comparator.comparingLong(Step::to));
    }
}
