package io.throughline.torture.check;

import io.throughline.torture.history.Operation;
import java.util.Comparator;
import java.util.List;

/** There is an order of the key's operations, each within its times, in which each found what it says. */
final class Linearizability {

    private Linearizability() {}

    /** @param bound after how many states the search gives up */
    static SearchResult search(KeyHistory history, int bound) {
        return new Search(history.steps().toList(), bound).run();
    }

    /** @param history one whose search found no order */
    static Finding finding(KeyHistory history) {
        Shrinker shrinker = new Shrinker(history.obligations(), List.of());
        List<Obligation> fewest = shrinker.shrink();
        Operation offender = offender(history, shrinker.fragment(fewest).steps());
        String sentence = "No order explains these %d operations of key %s: %s fits nowhere."
                .formatted(fewest.size(), history.key(), Wording.named(offender));
        List<Operation> shown = fewest.stream().map(Obligation::operation).toList();
        return Finding.seen(Kind.NOT_LINEARIZABLE, history.key(), offender, sentence, shown);
    }

    /** Without any one of them the others had an order; a person looks first at the last that saw something. */
    private static Operation offender(KeyHistory history, List<Step> fewest) {
        return fewest.stream()
                .filter(step -> step.effect().observes())
                .map(step -> history.operation(step.operation()))
                .max(Comparator.comparingLong(Operation::completed))
                .orElseThrow(() -> new IllegalStateException("writes alone are always in order: " + fewest));
    }
}
