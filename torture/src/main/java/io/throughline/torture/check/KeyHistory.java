package io.throughline.torture.check;

import io.throughline.torture.history.Action;
import io.throughline.torture.history.Operation;
import io.throughline.torture.history.Outcome;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** All operations of one key, with what they oblige to. Immutable. */
final class KeyHistory {

    /**
     * A value that an operation says it found.
     *
     * @param from the earliest moment at which it may have been current, by what was promised to the client, ns
     */
    record Sight(Operation operation, long from, State seen) {}

    private final String key;
    private final List<Obligation> obligations;
    private final Map<Integer, Operation> operations = new HashMap<>();

    KeyHistory(String key, List<Operation> history, Circumstances circumstances) {
        this.key = key;
        this.obligations = Obligations.of(history, circumstances);
        history.forEach(operation -> operations.put(operation.id(), operation));
    }

    String key() {
        return key;
    }

    List<Obligation> obligations() {
        return obligations;
    }

    Operation operation(int id) {
        Operation found = operations.get(id);
        if (found == null) {
            throw new IllegalArgumentException("key " + key + " has no operation " + id);
        }
        return found;
    }

    Stream<Step> steps() {
        return obligations.stream().flatMap(each -> each.steps().stream());
    }

    /** Reads that were answered. */
    Stream<Sight> reads() {
        return obligations.stream()
                .filter(each -> each.operation().outcome() == Outcome.OK
                        && each.operation().action() instanceof Action.Get)
                .map(each -> new Sight(
                        each.operation(),
                        each.steps().get(0).from(),
                        seenBy(each.operation()).orElseThrow()));
    }

    /** Whatever was seen for certain: by reads, and by conditions that held. */
    Stream<Sight> sights() {
        return obligations.stream()
                .map(Obligation::operation)
                .flatMap(operation ->
                        seenBy(operation).map(seen -> new Sight(operation, operation.invoked(), seen)).stream());
    }

    private static Optional<State> seenBy(Operation operation) {
        if (operation.outcome() != Outcome.OK) {
            return Optional.empty();
        }
        if (operation.action() instanceof Action.Get get) {
            return Optional.of(State.of(get.seen()));
        }
        boolean held = operation.action() instanceof Action.ReplaceIfSame replace && replace.replaced();
        return held ? Optional.of(State.of(expected(operation.action()))) : Optional.empty();
    }

    private static @Nullable String expected(Action action) {
        return action instanceof Action.ReplaceIfSame replace ? replace.expected() : null;
    }
}
