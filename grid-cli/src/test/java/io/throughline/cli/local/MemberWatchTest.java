package io.throughline.cli.local;

import static org.assertj.core.api.Assertions.assertThat;

import io.throughline.cli.local.MemberWatch.Step;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class MemberWatchTest {

    private static long seconds(double seconds) {
        return Duration.ofMillis((long) (seconds * 1000)).toNanos();
    }

    @Test
    void an_end_is_told_once_and_the_member_started_at_once() {
        MemberWatch watch = new MemberWatch(0);

        assertThat(watch.next(true, seconds(1))).isEqualTo(Step.NOTHING);
        assertThat(watch.next(false, seconds(2))).isEqualTo(Step.TELL_END);
        assertThat(watch.next(false, seconds(2.25))).isEqualTo(Step.RESTART);
    }

    @Test
    void one_that_ends_again_is_waited_for() {
        MemberWatch watch = new MemberWatch(0);
        watch.next(false, seconds(1));
        watch.restarted(seconds(1));

        assertThat(watch.next(false, seconds(3))).isEqualTo(Step.TELL_END);
        assertThat(watch.pause()).isEqualTo(Duration.ofSeconds(1));
        assertThat(watch.next(false, seconds(3.9))).isEqualTo(Step.NOTHING);
        assertThat(watch.next(false, seconds(4))).isEqualTo(Step.RESTART);
    }
}
