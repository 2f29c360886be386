package io.throughline.bench.generator;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.Test;

final class ArrivalsTest {

    private static final long MINUTE = TimeUnit.MINUTES.toNanos(1);

    private static List<Long> all(Arrivals arrivals) {
        List<Long> due = new ArrayList<>();
        while (arrivals.hasNext()) {
            due.add(arrivals.next());
        }
        return due;
    }

    @Test
    void exactly_as_many_fall_due_as_were_asked_for_in_order_and_in_time() {
        List<Long> due = all(new Arrivals(150_000, MINUTE, 1));
        assertThat(due).hasSize(150_000).isSorted();
        assertThat(due.get(0)).isNotNegative();
        assertThat(due.get(due.size() - 1)).isLessThanOrEqualTo(MINUTE);
    }

    /** In a Poisson process the number within an interval varies as much as its mean. */
    @Test
    void they_come_in_bursts_and_gaps_as_independent_clients_do() {
        int slots = 6_000;
        double[] counts = new double[slots];
        all(new Arrivals(150_000, MINUTE, 2)).forEach(due -> counts[(int) Math.min(slots - 1, due * slots / MINUTE)]++);
        double mean = 25;
        double variance = 0;
        for (double count : counts) {
            variance += (count - mean) * (count - mean) / slots;
        }
        assertThat(variance).isCloseTo(mean, Percentage.withPercentage(10));
    }

    @Test
    void the_same_seed_makes_the_same_times() {
        assertThat(all(new Arrivals(1_000, MINUTE, 7))).isEqualTo(all(new Arrivals(1_000, MINUTE, 7)));
        assertThat(all(new Arrivals(1_000, MINUTE, 7))).isNotEqualTo(all(new Arrivals(1_000, MINUTE, 8)));
    }

    @Test
    void none_asked_for_is_none() {
        assertThat(new Arrivals(0, MINUTE, 1).hasNext()).isFalse();
    }
}
