package io.throughline.mapstore.batch;

import static io.throughline.mapstore.batch.Pacer.COMMITS_WAITED;
import static io.throughline.mapstore.batch.Pacer.LONGEST_PAUSE_NANOS;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PacerTest {

    private static final long COMMIT = 1_000_000;

    @Test
    void lone_rows_are_never_held_back_and_two_only_for_one_commit() {
        assertThat(Pacer.pauseNanos(0, COMMIT, 0)).isZero();
        assertThat(Pacer.pauseNanos(1, COMMIT, COMMIT)).isZero();
        assertThat(Pacer.pauseNanos(2, COMMIT, 0)).isEqualTo(COMMIT);
    }

    @Test
    void under_load_the_pause_is_in_proportion_to_the_commit() {
        assertThat(Pacer.pauseNanos(8, COMMIT, 0)).isEqualTo(COMMITS_WAITED * COMMIT);
        assertThat(Pacer.pauseNanos(8, 400_000, 0)).isEqualTo(COMMITS_WAITED * 400_000L);
    }

    @Test
    void where_threads_wake_up_late_a_commit_counts_for_more() {
        assertThat(Pacer.pauseNanos(8, COMMIT, 2 * COMMIT)).isEqualTo(COMMITS_WAITED * 3 * COMMIT);
    }

    @Test
    void a_slow_commit_does_not_make_a_long_pause() {
        assertThat(Pacer.pauseNanos(100, 4_000_000_000L, 0)).isEqualTo(LONGEST_PAUSE_NANOS);
    }

    @Test
    void what_was_late_once_is_soon_forgotten() {
        long late = Pacer.lately(0, 10_000_000_000L);

        assertThat(late).isEqualTo(LONGEST_PAUSE_NANOS / 4);
        for (int pause = 0; pause < 20; pause++) {
            late = Pacer.lately(late, 0);
        }
        assertThat(late).isLessThan(LONGEST_PAUSE_NANOS / 1_000);
    }

    @Test
    void a_pause_lasts_its_time_and_comes_once() {
        Pacer pacer = new Pacer(256);
        pacer.wrote(8, COMMIT, 3);
        long begin = System.nanoTime();

        pacer.pause(() -> false);

        assertThat(System.nanoTime() - begin).isGreaterThanOrEqualTo(COMMITS_WAITED * COMMIT);
        assertThat(pacer.nextNanos()).isZero();
    }

    @Test
    void a_pause_that_ends_late_makes_the_next_one_longer() {
        Pacer pacer = new Pacer(256);
        pacer.wrote(2, COMMIT, 0);
        long begin = System.nanoTime();

        pacer.pause(() -> {
            while (System.nanoTime() - begin < 5 * COMMIT) {
                Thread.onSpinWait(); // as if others had the processor
            }
            return false;
        });
        pacer.wrote(2, COMMIT, 0);

        assertThat(pacer.nextNanos()).isGreaterThan(2 * COMMIT);
    }

    @Test
    void a_batch_that_is_full_already_is_not_held_back() {
        Pacer pacer = new Pacer(256);

        pacer.wrote(256, COMMIT, 256);

        assertThat(pacer.nextNanos()).isZero();
    }
}
