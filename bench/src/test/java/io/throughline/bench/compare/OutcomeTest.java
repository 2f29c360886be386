package io.throughline.bench.compare;

import static org.assertj.core.api.Assertions.assertThat;

import io.throughline.bench.cost.Meter;
import io.throughline.bench.loader.ProofReport;
import io.throughline.bench.loader.StepReport;
import io.throughline.bench.loader.Workload;
import io.throughline.bench.peers.Peer;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class OutcomeTest {

    private static final Plan PLAN = new Plan(
            List.of(Peer.THROUGHLINE, Peer.JDBC, Peer.EMPTY),
            List.of(Workload.PUT),
            List.of(64),
            3,
            Duration.ofSeconds(1),
            Duration.ofSeconds(1),
            2,
            31,
            1000,
            200,
            "256m",
            5,
            16);

    private static Measurement measured(int round, Peer peer, long operations) {
        StepReport report = new StepReport(operations, 2, 1, 2, 3, 4, 0, 0, 0, "", 0, 0, 0);
        return new Measurement(round, peer, Workload.PUT, 64, report, new Meter(0, 0, 0, 0, 0, 0, 0, 0, 0));
    }

    private static Measurement atRate(int round, Peer peer, double p99) {
        StepReport report = new StepReport(5000, 2, 1, p99, 3, 4, 0, 0, 0, "", 0, 0, 0);
        return new Measurement(round, peer, Workload.OPEN, 0, report, new Meter(0, 0, 0, 0, 0, 0, 0, 0, 0));
    }

    private static Outcome outcome(List<Measurement> measurements) {
        return new Outcome(PLAN, measurements, List.of(), List.of());
    }

    @Test
    void every_round_begins_with_another_peer_and_has_all_of_them() {
        List<List<Peer>> orders = IntStream.range(0, 3).mapToObj(PLAN::order).toList();

        assertThat(orders).extracting(order -> order.get(0)).containsExactly(Peer.THROUGHLINE, Peer.JDBC, Peer.EMPTY);
        assertThat(orders).allSatisfy(order -> assertThat(order).containsExactlyInAnyOrderElementsOf(PLAN.peers()));
    }

    @Test
    void none_always_comes_after_the_same_one() {
        List<Peer> second = PLAN.order(1);

        assertThat(second.indexOf(Peer.JDBC)).isNotEqualTo(second.indexOf(Peer.THROUGHLINE) + 1);
        assertThat(second.indexOf(Peer.EMPTY)).isNotEqualTo(second.indexOf(Peer.JDBC) + 1);
    }

    @Test
    void entries_in_flight_of_operations_with_a_hundred_are_hundreds() {
        assertThat(PLAN.callers(Workload.PUT_ALL)).containsExactly(100);
        assertThat(PLAN.callers(Workload.PUT)).containsExactly(64);
        assertThat(PLAN.callers(Workload.OPEN)).containsExactly(0);
    }

    @Test
    void the_middle_of_an_even_number_lies_between_its_two() {
        assertThat(Spread.of(List.of(4.0, 1.0, 3.0, 2.0))).isEqualTo(new Spread(2.5, 1, 4));
        assertThat(Spread.of(List.of(5.0, 1.0, 3.0))).isEqualTo(new Spread(3, 1, 5));
    }

    @Test
    void ratios_are_of_the_same_round_and_not_of_the_medians() {
        // The machine is three times as fast in each round as in the one before.
        Outcome outcome = outcome(List.of(
                measured(0, Peer.THROUGHLINE, 2000),
                measured(0, Peer.JDBC, 1000),
                measured(1, Peer.THROUGHLINE, 6000),
                measured(1, Peer.JDBC, 3000),
                measured(2, Peer.JDBC, 9000)));

        assertThat(outcome.ratio(Peer.JDBC, Workload.PUT, 64)).contains(new Spread(2, 2, 2));
        assertThat(outcome.spread(Peer.JDBC, Workload.PUT, 64, Measurement::perSecond))
                .contains(new Spread(1500, 500, 4500));
    }

    @Test
    void at_a_rate_the_tails_are_compared() {
        Outcome outcome = outcome(List.of(
                atRate(0, Peer.THROUGHLINE, 30),
                atRate(0, Peer.JDBC, 10),
                atRate(1, Peer.THROUGHLINE, 20),
                atRate(1, Peer.JDBC, 20)));

        assertThat(outcome.ratio(Peer.JDBC, Workload.OPEN, 0)).contains(new Spread(2, 1, 3));
    }

    @Test
    void the_limit_is_the_smaller_one_of_each_round() {
        Outcome outcome = outcome(List.of(
                measured(0, Peer.THROUGHLINE, 500),
                measured(0, Peer.EMPTY, 1000),
                measured(0, Peer.BATCHES, 2000),
                measured(1, Peer.THROUGHLINE, 700),
                measured(1, Peer.EMPTY, 3000),
                measured(1, Peer.BATCHES, 1000),
                measured(2, Peer.THROUGHLINE, 700)));

        assertThat(outcome.shareOfLimit(Workload.PUT, 64)).contains(new Spread(0.6, 0.5, 0.7));
    }

    @Test
    void a_comparison_that_ended_early_says_what_is_missing() {
        Outcome outcome = outcome(List.of(measured(0, Peer.THROUGHLINE, 500), measured(0, Peer.EMPTY, 1000)));

        assertThat(outcome.stepsMissing()).isEqualTo(7);
        assertThat(TextTable.lines(outcome))
                .contains("NOT MEASURED: 7 of 9 steps")
                .anyMatch(line -> line.startsWith("throughline ") && line.contains("1 of 3 rounds"));
    }

    @Test
    void an_empty_read_is_named() {
        StepReport report = new StepReport(10, 2, 1, 2, 3, 4, 0, 0, 0, "", 0, 3, 0);
        Measurement empty =
                new Measurement(1, Peer.THROUGHLINE, Workload.PUT, 64, report, new Meter(0, 0, 0, 0, 0, 0, 0, 0, 0));

        assertThat(outcome(List.of(empty)).proven()).isFalse();
        assertThat(TextTable.lines(outcome(List.of(empty))))
                .contains("  throughline in round 2, put: 0 stale and 3 empty reads");
    }

    @Test
    void what_was_not_measured_is_empty_and_not_zero() {
        Outcome outcome = outcome(List.of(measured(0, Peer.THROUGHLINE, 2000)));

        assertThat(outcome.spread(Peer.EMPTY, Workload.PUT, 64, Measurement::perSecond))
                .isEmpty();
        assertThat(outcome.ratio(Peer.EMPTY, Workload.PUT, 64)).isEmpty();
    }

    @Test
    void one_wrong_row_or_a_node_that_was_not_compared_and_nothing_is_proven() {
        Proof good = new Proof(0, Peer.JDBC, new ProofReport(1000, 3000, 0, List.of(), List.of()));
        Proof wrong = new Proof(1, Peer.JDBC, new ProofReport(1000, 3000, 1, List.of("lost"), List.of()));
        Proof partial = new Proof(1, Peer.JDBC, new ProofReport(1000, 2000, 0, List.of(), List.of("down")));

        assertThat(new Outcome(PLAN, List.of(), List.of(good), List.of()).proven())
                .isTrue();
        assertThat(new Outcome(PLAN, List.of(), List.of(good, wrong), List.of()).proven())
                .isFalse();
        assertThat(new Outcome(PLAN, List.of(), List.of(good, partial), List.of()).proven())
                .isFalse();
    }

    @Test
    void a_limit_is_measured_where_it_is_one() {
        assertThat(PLAN.includes(Peer.EMPTY, Workload.READ_COLD)).isFalse();
        assertThat(PLAN.includes(Peer.BATCHES, Workload.PUT)).isTrue();
        assertThat(PLAN.includes(Peer.BATCHES, Workload.MIXED)).isFalse();
    }

    @Test
    void the_page_holds_every_measurement_and_needs_nothing_else() {
        String page = ComparisonHtml.of(outcome(List.of(measured(0, Peer.THROUGHLINE, 4321))));

        assertThat(page)
                .contains("\"operations\":4321")
                .doesNotContain("@MEASURED@")
                .doesNotContain("src=");
    }
}
