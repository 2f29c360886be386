package io.throughline.torture.check;

import io.throughline.torture.history.Operation;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** What is stored at the end is what the last acknowledged write left, or a later one: the end of an order that explains all. */
final class Durability {

    private Durability() {}

    /**
     * @param history one for which an order was found
     * @return the verdict on this copy's value
     */
    static SearchResult search(KeyHistory history, StoredValue stored, int bound) {
        return new Search(
                        Stream.concat(history.steps(), Stream.of(lastLook(stored)))
                                .toList(),
                        bound)
                .run();
    }

    static Finding finding(KeyHistory history, StoredValue stored) {
        List<Operation> shown = new Shrinker(history.obligations(), List.of(lastLook(stored)))
                .shrink().stream().map(Obligation::operation).toList();
        String sentence = "At the end %s holds %s, which no order of the acknowledged operations of key %s ends with."
                .formatted(stored.copy(), Wording.value(stored.value()), history.key());
        return Finding.stored(Kind.NOT_DURABLE, history.key(), sentence, shown, List.of(stored));
    }

    static Optional<Finding> difference(KeyHistory history, List<StoredValue> copies) {
        return copies.stream()
                .filter(copy ->
                        !State.of(copy.value()).equals(State.of(copies.get(0).value())))
                .findFirst()
                .map(other -> difference(history, copies.get(0), other));
    }

    private static Finding difference(KeyHistory history, StoredValue one, StoredValue other) {
        String sentence = "Of key %s %s holds %s, and %s holds %s."
                .formatted(
                        history.key(),
                        one.copy(),
                        Wording.value(one.value()),
                        other.copy(),
                        Wording.value(other.value()));
        Writers writers = new Writers(history);
        List<Operation> shown = Stream.of(one, other)
                .flatMap(copy -> writers.lastWriter(State.of(copy.value())).stream())
                .map(step -> history.operation(step.operation()))
                .toList();
        return Finding.stored(Kind.COPIES_DIFFER, history.key(), sentence, shown, List.of(one, other));
    }

    /** A read after everything, but for writes that may come at any time. */
    private static Step lastLook(StoredValue stored) {
        return new Step(
                -1,
                Finding.NO_OPERATION,
                Step.NEVER_OVER,
                Step.NEVER_OVER,
                true,
                new Effect.Reads(State.of(stored.value())),
                List.of());
    }
}
