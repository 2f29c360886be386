package io.throughline.bench.search;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

final class StepJudgeTest {

    private static final double RATE = 10_000;
    private static final int SAMPLES = 200;

    private static StepVerdict judged(java.util.function.IntToDoubleFunction outstanding) {
        StepJudge judge = new StepJudge(RATE);
        for (int i = 0; i < SAMPLES; i++) {
            judge.sample((long) outstanding.applyAsDouble(i));
        }
        return judge.verdict(0, 0);
    }

    @Test
    void a_level_number_of_outstanding_operations_is_held() {
        SplittableRandom random = new SplittableRandom(1);
        assertThat(judged(i -> 300 + random.nextInt(200)).held()).isTrue();
    }

    @Test
    void a_backlog_that_grows_by_a_twentieth_of_the_rate_is_not_held() {
        // Ten seconds in 200 samples: 500 a second, so 25 more at each.
        assertThat(judged(i -> 200 + 25.0 * i).held()).isFalse();
    }

    @Test
    void a_slow_beginning_does_not_count() {
        assertThat(judged(i -> i < 50 ? 4_000 : 100).held()).isTrue();
    }

    @Test
    void a_pause_in_the_middle_that_is_caught_up_with_is_held() {
        assertThat(judged(i -> i > 100 && i < 120 ? 3_000 : 100).held()).isTrue();
    }

    @Test
    void a_queue_of_half_a_second_is_not_held_even_if_it_does_not_grow() {
        assertThat(judged(i -> 6_000).held()).isFalse();
    }

    @Test
    void a_failed_operation_is_not_held() {
        StepVerdict verdict = new StepJudge(RATE).verdict(1, 0);
        assertThat(verdict.held()).isFalse();
        assertThat(verdict.why()).contains("1 operations failed");
    }

    @Test
    void a_backlog_at_the_end_is_not_held_however_short_the_pause_was_that_made_it() {
        assertThat(new StepJudge(RATE).verdict(0, 1).held()).isFalse();
    }
}
