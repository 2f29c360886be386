package io.throughline.mapstore.batch;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PacerTest {

    @Test
    void lone_rows_are_never_held_back_and_two_only_for_one_commit() {
        assertThat(Pacer.pauseNanos(0, 1_000_000, 0, 256)).isZero();
        assertThat(Pacer.pauseNanos(1, 1_000_000, 0, 256)).isZero();
        assertThat(Pacer.pauseNanos(2, 1_000_000, 0, 256)).isEqualTo(1_000_000);
    }

    @Test
    void under_load_the_pause_is_in_proportion_to_the_commit() {
        assertThat(Pacer.pauseNanos(8, 1_000_000, 3, 256)).isEqualTo(Pacer.COMMITS_WAITED * 1_000_000L);
        assertThat(Pacer.pauseNanos(8, 400_000, 3, 256)).isEqualTo(Pacer.COMMITS_WAITED * 400_000L);
    }

    @Test
    void a_slow_commit_does_not_make_a_long_pause() {
        assertThat(Pacer.pauseNanos(100, 4_000_000_000L, 3, 256)).isEqualTo(Pacer.LONGEST_PAUSE_NANOS);
    }

    @Test
    void a_batch_that_is_full_already_is_not_held_back() {
        assertThat(Pacer.pauseNanos(256, 1_000_000, 256, 256)).isZero();
    }
}
