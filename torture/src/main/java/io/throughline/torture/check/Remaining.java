package io.throughline.torture.check;

import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntPredicate;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * The steps that have no place in the order yet, in linked lists (Lowe's, with steps that may be left out). Steps are taken and
 * put back last in, first out.
 *
 * <p>Every step has one moment within its bounds, and moments don't go back along the order. So a step can be next if no
 * mandatory one has to be over before it begins; and one that may be left out can be next only while its own time has not
 * passed with what was taken.
 *
 * <p>Reads have a list of their own, and an index by what they saw: where they may be one TTL behind there are thousands.
 */
final class Remaining {

    private final Step[] steps;
    private final int[][] after;
    private final boolean[] taken;
    private final Links reads;
    private final Links others;
    /** Mandatory steps in the order of their end. */
    private final Links ends;

    private final Map<State, int[]> readsOf;
    private final boolean someRunOut;
    /** The latest beginning among what was taken, once for each taken step: the time that it is at least. */
    private final long[] clock;

    private int depth;

    Remaining(List<Step> all) {
        steps = all.stream().sorted(Comparator.comparingLong(Step::from)).toArray(Step[]::new);
        taken = new boolean[steps.length];
        clock = new long[steps.length + 1];
        clock[0] = Long.MIN_VALUE;
        reads = new Links(steps.length, positions().filter(this::isRead).toArray());
        others = new Links(steps.length, positions().filter(i -> !isRead(i)).toArray());
        ends = new Links(
                steps.length,
                positions()
                        .filter(i -> steps[i].mandatory())
                        .boxed()
                        .sorted(Comparator.comparingLong(i -> steps[i].to()))
                        .mapToInt(Integer::intValue)
                        .toArray());
        readsOf = readsOf();
        someRunOut = positions().anyMatch(i -> !steps[i].mandatory() && steps[i].to() != Step.NEVER_OVER);
        after = afters();
    }

    private IntStream positions() {
        return IntStream.range(0, steps.length);
    }

    private boolean isRead(int position) {
        return steps[position].effect() instanceof Effect.Reads;
    }

    private Map<State, int[]> readsOf() {
        Map<State, List<Integer>> found = positions()
                .filter(this::isRead)
                .boxed()
                .collect(Collectors.groupingBy(i -> ((Effect.Reads) steps[i].effect()).seen()));
        Map<State, int[]> readsOfState = new HashMap<>();
        found.forEach((state, those) -> readsOfState.put(
                state, those.stream().mapToInt(Integer::intValue).toArray()));
        return readsOfState;
    }

    private int[][] afters() {
        Map<Integer, Integer> positionOf = new HashMap<>();
        positions().forEach(i -> positionOf.put(steps[i].id(), i));
        return positions()
                .mapToObj(i -> steps[i].after().stream()
                        .filter(positionOf::containsKey)
                        .mapToInt(positionOf::get)
                        .toArray())
                .toArray(int[][]::new);
    }

    Step step(int position) {
        return steps[position];
    }

    int size() {
        return steps.length;
    }

    boolean mayEnd() {
        return ends.first() == Links.NONE;
    }

    void take(int position) {
        taken[position] = true;
        (isRead(position) ? reads : others).takeOut(position);
        if (steps[position].mandatory()) {
            ends.takeOut(position);
        }
        clock[depth + 1] = Math.max(clock[depth], steps[position].from());
        depth++;
    }

    /** @param position of the step taken last among those that are still taken */
    void putBack(int position) {
        depth--;
        if (steps[position].mandatory()) {
            ends.putBack(position);
        }
        (isRead(position) ? reads : others).putBack(position);
        taken[position] = false;
    }

    /** Shows the reads that can be next, until the visitor says no. It may take the one that it is shown. */
    void forReads(IntPredicate visitor) {
        walk(reads, visitor);
    }

    /** As {@link #forReads}, those that saw this state. */
    void forReadsOf(State seen, IntPredicate visitor) {
        for (int position : readsOf.getOrDefault(seen, new int[0])) {
            boolean isNext = !taken[position] && steps[position].from() <= bound() && isReady(position);
            if (isNext && !visitor.test(position)) {
                return;
            }
        }
    }

    /** As {@link #forReads}, all that isn't a read. */
    void forOthers(IntPredicate visitor) {
        walk(others, visitor);
    }

    private void walk(Links list, IntPredicate visitor) {
        for (int i = list.first(); i != Links.NONE && steps[i].from() <= bound(); i = list.next(i)) {
            if (isReady(i) && !visitor.test(i)) {
                return;
            }
        }
    }

    private long bound() {
        return mayEnd() ? Long.MAX_VALUE : steps[ends.first()].to();
    }

    private boolean isReady(int position) {
        if (steps[position].to() < clock[depth]) {
            return false;
        }
        for (int other : after[position]) {
            if (!taken[other]) {
                return false;
            }
        }
        return true;
    }

    /** Whether a step that may be left out could no longer be taken after this one. */
    boolean closesOut(int position) {
        long from = steps[position].from();
        for (int i = others.first(); someRunOut && i != Links.NONE && steps[i].from() < from; i = others.next(i)) {
            Step step = steps[i];
            if (!step.mandatory() && step.to() < from && step.to() >= clock[depth]) {
                return true;
            }
        }
        return false;
    }
}
