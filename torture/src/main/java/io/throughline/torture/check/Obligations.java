package io.throughline.torture.check;

import io.throughline.torture.history.Action;
import io.throughline.torture.history.Operation;
import io.throughline.torture.history.Outcome;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Turns the operations of a key into steps: what each client was promised, written as moments and effects. All that is
 * promised to one kind of client and not to another stands here and in {@link DirectWrites}; the search knows nothing of it.
 */
final class Obligations {

    private final Circumstances circumstances;
    private final DirectWrites direct;
    private final List<Obligation> obligations = new ArrayList<>();
    private final Map<Integer, Integer> lastOfClient = new HashMap<>();
    private int nextId;

    private Obligations(List<Operation> history, Circumstances circumstances) {
        this.circumstances = circumstances;
        this.direct = new DirectWrites(history, circumstances);
    }

    /**
     * @param history of one key, in any order
     * @return in the order in which they were invoked
     */
    static List<Obligation> of(List<Operation> history, Circumstances circumstances) {
        return new Obligations(history, circumstances).build(history);
    }

    private List<Obligation> build(List<Operation> history) {
        history.stream()
                .sorted(Comparator.comparingLong(Operation::invoked).thenComparing(Operation::id))
                .forEach(this::add);
        CacheWrites cacheWrites = cacheWrites();
        return obligations.stream().map(each -> ordered(each, cacheWrites)).toList();
    }

    private void add(Operation operation) {
        boolean twice =
                !DirectWrites.isResilient(operation) && circumstances.moved().test(operation);
        long behind = isBehind(operation) ? circumstances.staleness() : 0;
        List<Step> steps = new Moments(operation, nextId, behind, twice).steps();
        nextId += steps.size();
        obligations.add(new Obligation(operation, steps));
    }

    private boolean isBehind(Operation operation) {
        boolean blind = operation.action() instanceof Action.Put || operation.action() instanceof Action.Remove;
        boolean decidedByTheShard = DirectWrites.isResilient(operation) && !(operation.action() instanceof Action.Get);
        return !blind
                && !decidedByTheShard
                && (circumstances.cutOff().test(operation) || direct.leaveBehind(operation));
    }

    private CacheWrites cacheWrites() {
        return new CacheWrites(obligations.stream()
                .filter(each -> !direct.isDirect(each.operation()))
                .flatMap(each -> each.steps().stream())
                .filter(step -> step.changes() && step.mandatory())
                .sorted(Comparator.comparingLong(Step::to))
                .toList());
    }

    /** With what comes before it beyond what the times of its steps say. */
    private Obligation ordered(Obligation obligation, CacheWrites cacheWrites) {
        Operation operation = obligation.operation();
        List<Step> steps = obligation.steps().stream()
                .map(step -> step.from() < operation.invoked() ? after(step, operation, cacheWrites) : step)
                .toList();
        if (operation.outcome() == Outcome.OK && !steps.isEmpty()) {
            lastOfClient.put(operation.client(), lastMandatory(steps).id());
        }
        return new Obligation(operation, steps);
    }

    private Step after(Step step, Operation operation, CacheWrites cacheWrites) {
        List<Integer> acknowledged =
                circumstances.cutOff().test(operation) ? List.of() : cacheWrites.lastBefore(operation.invoked());
        // A resilient client never goes back behind what it wrote or read itself.
        Integer own = DirectWrites.isResilient(operation) ? lastOfClient.get(operation.client()) : null;
        List<Integer> all =
                Stream.concat(acknowledged.stream(), Stream.ofNullable(own)).toList();
        return new Step(step.id(), step.operation(), step.from(), step.to(), step.mandatory(), step.effect(), all);
    }

    private static Step lastMandatory(List<Step> steps) {
        return steps.stream()
                .filter(Step::mandatory)
                .reduce((first, second) -> second)
                .orElseThrow();
    }
}
