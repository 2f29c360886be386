package io.throughline.torture.check;

import static org.assertj.core.api.Assertions.assertThat;

import io.throughline.torture.history.Action;
import io.throughline.torture.history.ClientKind;
import io.throughline.torture.history.Operation;
import io.throughline.torture.history.Outcome;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** One key, 16 clients, 10,000 operations. */
final class LargeHistoriesTest {

    private static final int COUNT = 10_000;
    private static final long TTL = Circumstances.TTL;

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void a_good_history_is_decided_in_seconds(long seed) {
        inTime(() -> assertThat(
                        checked(SimulatedHistory.of(seed, COUNT, 0.02, 0)).verdict())
                .isEqualTo(Verdict.GOOD));
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void reads_one_ttl_behind_are_decided_in_seconds(long seed) {
        inTime(() -> assertThat(
                        relaxed(SimulatedHistory.of(seed, COUNT, 0.02, TTL)).verdict())
                .isEqualTo(Verdict.GOOD));
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void a_violation_is_found_and_shown_in_a_few_operations(long seed) {
        List<Operation> history = new ArrayList<>(SimulatedHistory.of(seed, COUNT, 0.02, 0));
        Operation earlier = history.get(COUNT / 2);
        Operation torn = new Operation(
                history.size(),
                99,
                ClientKind.PLAIN,
                "k",
                new Action.Get("v1000"),
                earlier.invoked(),
                earlier.completed(),
                Outcome.OK);
        history.add(torn);
        inTime(() -> {
            CheckResult result = checked(history);
            assertThat(result.findings()).hasSize(1);
            assertThat(result.findings().get(0).history()).hasSizeLessThan(8);
        });
    }

    @Test
    void a_search_beyond_its_bound_is_not_called_good() {
        CheckResult result =
                new HistoryChecker(Circumstances.calm(), 100).check(SimulatedHistory.of(1, COUNT, 0.02, 0), Map.of());
        assertThat(result.verdict()).isEqualTo(Verdict.NOT_DECIDED);
        assertThat(result.notDecided()).containsExactly("k");
        assertThat(result.findings()).isEmpty();
    }

    private static CheckResult checked(List<Operation> history) {
        return new HistoryChecker(Circumstances.calm().staleness(0)).check(history, Map.of());
    }

    private static CheckResult relaxed(List<Operation> history) {
        return new HistoryChecker(Circumstances.calm().cutOff(operation -> operation.kind() == ClientKind.PLAIN))
                .check(history, Map.of());
    }

    private static void inTime(Runnable check) {
        Assertions.assertTimeout(Duration.ofSeconds(20), check::run);
    }
}
