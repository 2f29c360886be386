package io.throughline.torture.check;

import io.throughline.torture.check.KeyHistory.Sight;
import io.throughline.torture.history.Action;
import io.throughline.torture.history.Operation;
import io.throughline.torture.history.Outcome;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** No value is seen that nobody wrote, and none that was only ever refused. */
final class ForeignValues {

    private ForeignValues() {}

    static Stream<Finding> in(KeyHistory history) {
        Writers writers = new Writers(history);
        return history.sights()
                .filter(sight -> !writers.mayHaveBeenWritten(sight.seen()))
                .map(sight -> finding(history, sight));
    }

    private static Finding finding(KeyHistory history, Sight sight) {
        Operation seer = sight.operation();
        return refused(history, sight.seen())
                .map(refused -> Finding.seen(
                        Kind.REFUSED_VALUE,
                        history.key(),
                        seer,
                        "%s saw a value that only a refused write had: %s."
                                .formatted(Wording.sentence(seer), Wording.named(refused)),
                        List.of(refused, seer)))
                .orElseGet(() -> Finding.seen(
                        Kind.UNWRITTEN_VALUE,
                        history.key(),
                        seer,
                        "%s saw a value that nobody wrote.".formatted(Wording.sentence(seer)),
                        List.of(seer)));
    }

    private static Optional<Operation> refused(KeyHistory history, State seen) {
        return history.obligations().stream()
                .map(Obligation::operation)
                .filter(operation -> operation.outcome() == Outcome.REFUSED && would(operation.action(), seen))
                .findFirst();
    }

    private static boolean would(Action action, State state) {
        if (action instanceof Action.Put put) {
            return State.of(put.value()).equals(state);
        }
        return action instanceof Action.ReplaceIfSame replace
                && State.of(replace.value()).equals(state);
    }
}
