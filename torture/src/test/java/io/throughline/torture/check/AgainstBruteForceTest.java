package io.throughline.torture.check;

import static org.assertj.core.api.Assertions.assertThat;

import io.throughline.torture.history.ClientKind;
import io.throughline.torture.history.Operation;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** The checker against one that tries every order, over random histories of up to seven operations. */
final class AgainstBruteForceTest {

    private static final int SEEDS = Integer.getInteger("throughline.torture.histories", 20_000);

    @Test
    void histories_of_plain_clients_are_judged_as_by_trying_every_order() {
        Map<Boolean, Integer> seen = new HashMap<>();
        for (long seed = 0; seed < SEEDS; seed++) {
            List<Operation> history = RandomHistory.of(seed, List.of(ClientKind.PLAIN));
            boolean explained = BruteForce.explains(history);
            CheckResult result = new HistoryChecker(Circumstances.calm()).check(history, Map.of());
            assertThat(result.verdict())
                    .as("seed %d: %s, %s", seed, history, result.findings())
                    .isEqualTo(explained ? Verdict.GOOD : Verdict.VIOLATED);
            seen.merge(explained, 1, Integer::sum);
        }
        assertThat(seen.values()).allMatch(count -> count > SEEDS / 10);
    }

    @Test
    void steps_of_all_clients_in_all_circumstances_are_ordered_as_by_trying_every_order() {
        Map<Boolean, Integer> seen = new HashMap<>();
        for (long seed = 0; seed < SEEDS; seed++) {
            List<Step> steps = steps(obligations(seed));
            boolean ordered = BruteForce.orders(steps);
            assertThat(new Search(steps, 100_000).run().verdict())
                    .as("seed %d: %s", seed, steps)
                    .isEqualTo(ordered ? Verdict.GOOD : Verdict.VIOLATED);
            seen.merge(ordered, 1, Integer::sum);
        }
        assertThat(seen.values()).allMatch(count -> count > SEEDS / 10);
    }

    @Test
    void nothing_but_the_search_finds_what_the_search_would_call_good() {
        for (long seed = 0; seed < SEEDS; seed++) {
            List<Operation> history = mixed(seed);
            List<Step> steps = steps(obligations(seed));
            if (new Search(steps, 100_000).run().verdict() == Verdict.GOOD) {
                assertThat(new HistoryChecker(circumstances(seed))
                                .check(history, Map.of())
                                .findings())
                        .as("seed %d: %s", seed, history)
                        .isEmpty();
            }
        }
    }

    @Test
    void whatever_is_left_out_of_a_good_history_the_rest_is_good() {
        for (long seed = 0; seed < SEEDS; seed++) {
            List<Obligation> all = obligations(seed);
            if (new Search(steps(all), 100_000).run().verdict() == Verdict.GOOD) {
                Random random = new Random(seed);
                List<Obligation> kept =
                        all.stream().filter(each -> random.nextInt(3) > 0).toList();
                List<Step> fragment =
                        new Shrinker(all, List.of()).fragment(kept).steps();
                assertThat(BruteForce.orders(fragment))
                        .as("seed %d: %s of %s", seed, fragment, steps(all))
                        .isTrue();
            }
        }
    }

    private static List<Operation> mixed(long seed) {
        return RandomHistory.of(seed, List.of(ClientKind.PLAIN, ClientKind.RESILIENT, ClientKind.EMBEDDED));
    }

    private static List<Obligation> obligations(long seed) {
        return Obligations.of(mixed(seed), circumstances(seed));
    }

    private static List<Step> steps(List<Obligation> obligations) {
        return obligations.stream().flatMap(each -> each.steps().stream()).toList();
    }

    /** A few operations of each kind, and a time to live of about one operation. */
    private static Circumstances circumstances(long seed) {
        return Circumstances.calm()
                .staleness(8)
                .fellBack(operation -> (seed + operation.id()) % 2 == 0)
                .moved(operation -> (seed + operation.id()) % 5 == 0)
                .cutOff(operation -> (seed + operation.id()) % 7 == 0);
    }
}
