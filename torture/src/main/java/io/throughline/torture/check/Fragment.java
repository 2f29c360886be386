package io.throughline.torture.check;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/** Some operations of a key without the others: what looks at a value that one of the others may have written doesn't look. Immutable. */
final class Fragment {

    private final List<Obligation> kept;
    private final List<Step> fixed;
    private final Gaps gaps;
    private final Set<State> gone = new HashSet<>();
    private final boolean someNumberGone;
    private final Map<State, Long> firstWritten = new HashMap<>();
    private long firstSomeNumber = Long.MAX_VALUE;

    /** @param fixed steps beside the operations */
    Fragment(List<Obligation> kept, List<Obligation> gone, List<Step> fixed) {
        this.kept = kept;
        this.fixed = fixed;
        List<Step> goneWrites = stepsOf(gone).filter(Step::changes).toList();
        gaps = new Gaps(goneWrites);
        goneWrites.forEach(step -> step.effect().makes().ifPresent(this.gone::add));
        someNumberGone = goneWrites.stream().anyMatch(step -> step.effect().makesSomeNumber());
        Stream.concat(stepsOf(kept), goneWrites.stream()).forEach(this::noteFirst);
    }

    private static Stream<Step> stepsOf(List<Obligation> obligations) {
        return obligations.stream().flatMap(each -> each.steps().stream());
    }

    private void noteFirst(Step step) {
        step.effect().makes().ifPresent(state -> firstWritten.merge(state, step.from(), Math::min));
        if (step.effect().makesSomeNumber()) {
            firstSomeNumber = Math.min(firstSomeNumber, step.from());
        }
    }

    List<Step> steps() {
        return Stream.concat(stepsOf(kept), fixed.stream())
                .flatMap(this::looking)
                .toList();
    }

    /** Those that still have a step. */
    List<Obligation> speaking() {
        return kept.stream()
                .filter(each ->
                        each.steps().stream().flatMap(this::looking).findAny().isPresent())
                .toList();
    }

    private Stream<Step> looking(Step step) {
        if (!step.effect().observes() || finds(step)) {
            return Stream.of(step);
        }
        return step.changes() ? Stream.of(step.with(step.effect().blind())) : Stream.empty();
    }

    private boolean finds(Step step) {
        Effect effect = step.effect();
        if (effect instanceof Effect.Differs differs) {
            // Without one of these writes it could find what it says it did not find.
            return !gaps.areBetween(firstPossible(differs.from()), step.to());
        }
        if (effect instanceof Effect.AddsUnseen) {
            return gaps.areNone();
        }
        return effect.needs().stream().noneMatch(state -> gone.contains(state) || (someNumberGone && state.isNumber()));
    }

    private long firstPossible(State state) {
        if (state.equals(State.ABSENT)) {
            return Long.MIN_VALUE;
        }
        long written = firstWritten.getOrDefault(state, Long.MAX_VALUE);
        return state.isNumber() ? Math.min(written, firstSomeNumber) : written;
    }
}
