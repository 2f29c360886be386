package io.throughline.cli.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class BackoffTest {

    @Test
    void the_first_restart_is_at_once_and_then_they_come_slower_up_to_half_a_minute() {
        Backoff backoff = Backoff.NONE;
        long[] expected = {0, 1, 2, 4, 8, 16, 30, 30};
        for (long seconds : expected) {
            backoff = backoff.afterEnd(Duration.ofSeconds(2));
            assertThat(backoff.pause()).isEqualTo(Duration.ofSeconds(seconds));
        }
    }

    @Test
    void a_minute_of_running_starts_it_from_the_beginning() {
        Backoff tired = new Backoff(9);

        assertThat(tired.afterEnd(Duration.ofSeconds(59)).pause()).isEqualTo(Duration.ofSeconds(30));
        assertThat(tired.afterEnd(Duration.ofSeconds(60)).pause()).isZero();
    }

    @Test
    void however_often_it_fails_the_pause_stays_in_its_bounds() {
        assertThat(new Backoff(Integer.MAX_VALUE).pause()).isEqualTo(Duration.ofSeconds(30));
    }
}
