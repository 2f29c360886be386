package io.throughline.torture.check;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Narrows the bounds of steps by what follows from others, so that a search has less to try. Where only one write makes a value,
 * whoever saw it did so after that write could begin, and before the first that surely overwrites it had to be over; and the
 * write came before whoever saw it had to be over, and came for certain.
 */
final class Tightening {

    private static final int ROUNDS = 3;

    private final List<Step> steps;
    private final Map<State, Step> makers = new HashMap<>();
    private final Set<State> unclear = new HashSet<>(Set.of(State.ABSENT));
    private final boolean someNumber;

    private Tightening(List<Step> steps) {
        this.steps = steps;
        someNumber = steps.stream().anyMatch(step -> step.effect().makesSomeNumber());
        steps.forEach(step -> step.effect().makes().ifPresent(state -> {
            if (makers.put(state, step) != null) {
                unclear.add(state);
            }
        }));
    }

    static List<Step> of(List<Step> steps) {
        List<Step> tight = steps;
        for (int i = 0; i < ROUNDS; i++) {
            tight = new Tightening(new Tightening(tight).reads()).writes();
        }
        return tight;
    }

    private List<Step> reads() {
        Overwriting overwriting = new Overwriting(steps.stream());
        return steps.stream()
                .map(step -> step.changes()
                        ? step
                        : soughtBy(step)
                                .map(maker -> between(step, maker, overwriting.firstAfter(maker.to())))
                                .orElse(step))
                .toList();
    }

    private static Step between(Step read, Step maker, Optional<Step> overwritten) {
        long to = Math.min(read.to(), overwritten.map(Step::to).orElse(Step.NEVER_OVER));
        return read.within(Math.max(read.from(), maker.from()), to, read.mandatory());
    }

    private List<Step> writes() {
        Map<Integer, Long> neededBy = new HashMap<>();
        steps.stream()
                .filter(Step::mandatory)
                .forEach(step -> soughtBy(step).ifPresent(maker -> neededBy.merge(maker.id(), step.to(), Math::min)));
        return steps.stream()
                .map(step -> neededBy.containsKey(step.id())
                        ? step.within(step.from(), Math.min(step.to(), neededBy.get(step.id())), true)
                        : step)
                .toList();
    }

    /** The only step that can have made the only state after which this one can come. */
    private Optional<Step> soughtBy(Step step) {
        Set<State> needs = step.effect().needs();
        return needs.size() == 1 ? maker(needs.iterator().next()) : Optional.empty();
    }

    private Optional<Step> maker(State state) {
        boolean isClear = !unclear.contains(state) && !(someNumber && state.isNumber());
        return isClear ? Optional.ofNullable(makers.get(state)) : Optional.empty();
    }
}
