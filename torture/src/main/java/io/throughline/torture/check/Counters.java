package io.throughline.torture.check;

import io.throughline.torture.history.Operation;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Where a key is only ever counted up, no two increments get one number. The search would find that too, but not in time where many
 * increments have no answer.
 */
final class Counters {

    private Counters() {}

    static Stream<Finding> in(KeyHistory history) {
        Map<Effect, Operation> first = new HashMap<>();
        return isOnlyCountedUp(history)
                ? history.steps()
                        .filter(step -> step.effect() instanceof Effect.Adds)
                        .flatMap(step -> Stream.ofNullable(
                                        first.putIfAbsent(step.effect(), history.operation(step.operation())))
                                .map(earlier -> finding(history, earlier, history.operation(step.operation()))))
                : Stream.empty();
    }

    private static boolean isOnlyCountedUp(KeyHistory history) {
        return history.steps()
                .filter(Step::changes)
                .allMatch(step -> step.effect() instanceof Effect.Adds || step.effect() instanceof Effect.AddsUnseen);
    }

    private static Finding finding(KeyHistory history, Operation earlier, Operation later) {
        String sentence = "%s got the number that %s got.".formatted(Wording.sentence(later), Wording.named(earlier));
        return Finding.seen(Kind.LOST_INCREMENT, history.key(), later, sentence, List.of(earlier, later));
    }
}
