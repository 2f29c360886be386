package io.throughline.torture.check;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.IntPredicate;

/**
 * Looks for an order of a key's steps in which each finds what it says it found: the test of Wing and Gong, with Lowe's memory
 * of where it has been. The key begins absent.
 *
 * <p><b>The tree.</b> A node is the set of steps taken and the state; a branch takes one more step. A node seen before is not
 * entered again. Found is an order in which every mandatory step has its place.
 *
 * <p><b>What is taken without a branch.</b> A step that changes nothing and can be next is taken at once: wherever an order
 * has it, it could have it here, and taking it only makes room. (Not where that lets the time of a step run out that may still be
 * wanted.) A write whose value nobody looks at goes right before the next write. So branches are left only for writes that
 * are looked at, and most of those fall away: one that leaves a state behind which is still needed and that nobody can make
 * again leads nowhere ({@link Supply}); one that may be left out is taken only where something that can be next looks at it,
 * for else it could as well come later or not at all; and of several such that do the same the earliest is enough.
 *
 * <p>Used once, by one thread.
 */
final class Search {

    private static final Effect ANY_VALUE = new Effect.Writes(State.of("any value"));

    private final Remaining remaining;
    private final Visited visited;
    private final Supply supply;
    private final Unobserved unlooked;
    private final boolean[] unobserved;
    private final int bound;

    private final List<Integer> order = new ArrayList<>();
    private final Deque<Node> path = new ArrayDeque<>();
    private State state = State.ABSENT;

    /** Where a branch was taken: what to go back to, and what is left to try. */
    private static final class Node {
        private final State state;
        private final int taken;
        private final int[] choices;
        private int tried;

        private Node(State state, int taken, int[] choices) {
            this.state = state;
            this.taken = taken;
            this.choices = choices;
        }
    }

    /** @param bound after how many states it gives up */
    Search(List<Step> all, int bound) {
        List<Step> tight = Tightening.of(all);
        unlooked = new Unobserved(tight);
        List<Step> steps = unlooked.withoutIdle(tight);
        remaining = new Remaining(steps);
        visited = new Visited(steps.size());
        supply = new Supply(steps);
        unobserved = new boolean[remaining.size()];
        for (int i = 0; i < unobserved.length; i++) {
            unobserved[i] = unlooked.isUnobserved(remaining.step(i));
        }
        this.bound = bound;
    }

    SearchResult run() {
        takeWhatChangesNothing();
        enter();
        while (!remaining.mayEnd()) {
            if (visited.size() > bound) {
                return new SearchResult(Verdict.NOT_DECIDED, visited.size());
            }
            Node node = path.element();
            goBackTo(node);
            if (node.tried == node.choices.length) {
                path.pop();
                if (path.isEmpty()) {
                    return new SearchResult(Verdict.VIOLATED, visited.size());
                }
            } else if (branch(node.choices[node.tried++]) && visited.isNew(state)) {
                enter();
            }
        }
        return new SearchResult(Verdict.GOOD, visited.size());
    }

    private void enter() {
        path.push(new Node(state, order.size(), choices()));
    }

    private void goBackTo(Node node) {
        while (order.size() > node.taken) {
            int position = order.remove(order.size() - 1);
            remaining.putBack(position);
            visited.flip(position);
            supply.putBack(remaining.step(position));
        }
        state = node.state;
    }

    /** Whether it may lead somewhere. */
    private boolean branch(int choice) {
        State left = state;
        Step step = remaining.step(choice);
        if (!step.effect().observes()) {
            takeUnobservedBut(choice);
        }
        take(choice);
        if (!state.equals(left) && supply.isLostOnceLeft(left)) {
            return false;
        }
        int before = order.size();
        takeWhatChangesNothing();
        boolean maybeIdle = !step.mandatory() && step.changes() && order.size() == before;
        return !(maybeIdle && !isLookedAtNext());
    }

    private void take(int position) {
        Step step = remaining.step(position);
        state = step.effect().after(state);
        remaining.take(position);
        visited.flip(position);
        supply.take(step);
        order.add(position);
    }

    private void takeWhatChangesNothing() {
        int before;
        do {
            before = order.size();
            remaining.forReadsOf(state, this::takeIfFree);
            remaining.forOthers(this::takeIfFree);
        } while (order.size() > before);
    }

    private boolean takeIfFree(int position) {
        if (isFree(position) && !remaining.closesOut(position)) {
            take(position);
        }
        return true;
    }

    private void takeUnobservedBut(int choice) {
        int before;
        do {
            before = order.size();
            remaining.forOthers(position -> {
                if (unobserved[position] && position != choice && !remaining.closesOut(position)) {
                    take(position);
                }
                return true;
            });
        } while (order.size() > before);
    }

    private boolean isFree(int position) {
        Effect effect = remaining.step(position).effect();
        return !effect.changes() && effect.admits(state) && effect.after(state).equals(state);
    }

    private boolean isLookedAtNext() {
        boolean[] found = new boolean[1];
        forNext(position -> {
            Effect effect = remaining.step(position).effect();
            found[0] |= effect.observes() && effect.admits(state);
            return !found[0];
        });
        return found[0];
    }

    /** All that can be next, but for reads that saw something else. */
    private void forNext(IntPredicate visitor) {
        if (state.equals(State.SOME_NUMBER)) {
            remaining.forReads(visitor);
        } else {
            remaining.forReadsOf(state, visitor);
        }
        remaining.forOthers(visitor);
    }

    /** What to try next, the most urgent first. */
    private int[] choices() {
        List<Integer> found = new ArrayList<>();
        Set<Effect> optional = new HashSet<>();
        boolean[] someUnobserved = new boolean[1];
        forNext(position -> {
            boolean first = !unobserved[position] || !someUnobserved[0];
            someUnobserved[0] |= unobserved[position];
            if (first && isWorthTrying(remaining.step(position), optional)) {
                found.add(position);
            }
            return true;
        });
        found.sort(Comparator.comparing(
                        (Integer position) -> !remaining.step(position).mandatory())
                .thenComparingLong(position -> remaining.step(position).to()));
        return found.stream().mapToInt(Integer::intValue).toArray();
    }

    /** @param tried what may be left out and can come at any time, and is tried already */
    private boolean isWorthTrying(Step step, Set<Effect> tried) {
        if (!step.effect().admits(state)) {
            return false;
        }
        if (step.mandatory()) {
            return true;
        }
        boolean atAnyTime = step.to() == Step.NEVER_OVER && step.after().isEmpty();
        boolean idle = step.changes() && step.effect().after(state).equals(state);
        return !idle && (!atAnyTime || tried.add(alike(step)));
    }

    /** Equal for steps of which one is as good as the other, where both can come at any time. */
    private Effect alike(Step step) {
        boolean anyValueDoes = step.effect() instanceof Effect.Writes && unlooked.isNeverNeeded(step);
        return anyValueDoes ? ANY_VALUE : step.effect();
    }
}
