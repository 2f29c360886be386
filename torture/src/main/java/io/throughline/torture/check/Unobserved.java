package io.throughline.torture.check;

import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Writes whose value nobody ever looks at. One that is mandatory can stand right before the next write that overwrites whatever
 * is there without a loss, so that it costs no choice; one that may be left out can be left out.
 */
final class Unobserved {

    private final Set<State> needed = new HashSet<>();
    private final Set<State> made = new HashSet<>();
    private final boolean anythingCounts;
    private final boolean numbersCount;

    Unobserved(List<Step> steps) {
        steps.forEach(step -> needed.addAll(step.effect().needs()));
        steps.forEach(step -> step.effect().makes().ifPresent(made::add));
        numbersCount = steps.stream().anyMatch(step -> step.effect().makesSomeNumber());
        anythingCounts = steps.stream()
                .anyMatch(step -> step.effect() instanceof Effect.Differs differs && canBe(differs.from()));
    }

    private boolean canBe(State state) {
        return state.equals(State.ABSENT) || made.contains(state) || (numbersCount && state.isNumber());
    }

    boolean isUnobserved(Step step) {
        return step.mandatory() && step.effect() instanceof Effect.Writes && isInVain(step);
    }

    /** Without what may be left out and serves nothing. */
    List<Step> withoutIdle(List<Step> steps) {
        return steps.stream()
                .filter(step -> step.mandatory() || !step.changes() || !isInVain(step))
                .toList();
    }

    private boolean isInVain(Step step) {
        return !anythingCounts && isNeverNeeded(step);
    }

    /** Its value can at most serve to be another than one that somebody did not find; for that any is as good. */
    boolean isNeverNeeded(Step step) {
        return step.effect()
                .makes()
                .filter(state -> !needed.contains(state) && !(numbersCount && state.isNumber()))
                .isPresent();
    }
}
