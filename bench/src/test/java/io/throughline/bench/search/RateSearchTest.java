package io.throughline.bench.search;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

final class RateSearchTest {

    private static final double PRECISION = 0.05;

    private static RateSearch searched(double first, double capacity) {
        RateSearch search = new RateSearch(first, PRECISION);
        for (int step = 0; !search.done(); step++) {
            assertThat(step).as("steps").isLessThan(60);
            search.tried(search.next() <= capacity);
        }
        return search;
    }

    @Test
    void the_highest_rate_is_found_to_a_twentieth_wherever_the_search_begins() {
        SplittableRandom random = new SplittableRandom(1);
        for (int i = 0; i < 5_000; i++) {
            double capacity = Math.exp(random.nextDouble(Math.log(20), Math.log(200_000)));
            double first = Math.exp(random.nextDouble(Math.log(20), Math.log(50_000)));
            double found = searched(first, capacity).highestHeld();
            assertThat(found).isBetween(capacity / (1 + PRECISION) - 1, capacity);
        }
    }

    @Test
    void a_grid_that_holds_no_rate_ends_the_search() {
        assertThat(searched(2_500, 0).highestHeld()).isZero();
    }

    @Test
    void one_bad_moment_does_not_end_a_rate() {
        RateSearch search = new RateSearch(1_000, PRECISION);
        search.tried(false);
        assertThat(search.next()).isEqualTo(1_000);
        search.tried(true);
        assertThat(search.next()).isEqualTo(2_000);
    }

    @Test
    void what_a_cold_grid_did_not_hold_is_tried_again_when_it_is_warm() {
        RateSearch search = new RateSearch(1_000, PRECISION);
        for (int step = 0; !search.done(); step++) {
            double capacity = step < 4 ? 800 : 5_000;
            search.tried(search.next() <= capacity);
        }
        assertThat(search.highestHeld()).isBetween(4_700.0, 5_000.0);
    }

    @Test
    void a_rate_that_fails_twice_is_given_up() {
        RateSearch search = new RateSearch(1_000, PRECISION);
        search.tried(false);
        search.tried(false);
        assertThat(search.next()).isEqualTo(500);
    }
}
