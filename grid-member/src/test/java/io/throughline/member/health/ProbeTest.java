package io.throughline.member.health;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

class ProbeTest {

    private final AtomicLong nanos = new AtomicLong();
    private volatile Supplier<String> question = () -> "";
    private final Probe<String> probe =
            new Probe<>("shards", () -> question.get(), reason -> List.of(Check.of("shard-1", reason)), nanos::get);

    @Test
    void before_the_first_answer_nothing_is_well() {
        assertThat(only(probe)).returns(false, Check::ok).returns("no answer yet", Check::reason);
    }

    @Test
    void an_answer_tells_its_age() {
        assertThat(probe.ask()).isTrue();
        pass(Duration.ofMillis(1200));

        assertThat(only(probe)).returns(true, Check::ok).returns(1200L, Check::ageMillis);
        assertThat(probe.latest()).contains("");
    }

    @Test
    void an_answer_that_is_too_old_counts_as_none() {
        probe.ask();
        pass(Duration.ofSeconds(11));

        assertThat(only(probe)).returns(false, Check::ok).returns("no answer for 11000 ms", Check::reason);
    }

    @Test
    void a_question_that_fails_is_not_well_until_it_works_again() {
        question = () -> {
            throw new IllegalStateException("no route");
        };
        assertThat(probe.ask()).isFalse();
        assertThat(only(probe)).returns(false, Check::ok).returns("the probe failed: no route", Check::reason);

        question = () -> "";
        assertThat(probe.ask()).isTrue();
        assertThat(only(probe)).returns(true, Check::ok);
    }

    @Test
    void a_question_that_hangs_keeps_no_one_waiting() {
        CountDownLatch asked = new CountDownLatch(1);
        question = () -> {
            asked.countDown();
            await().atMost(Duration.ofSeconds(30))
                    .until(() -> Thread.currentThread().isInterrupted());
            return "";
        };
        try (probe) {
            probe.start();
            await().until(() -> asked.getCount() == 0);
            pass(Duration.ofSeconds(3));

            assertThat(only(probe)).returns(false, Check::ok).returns(3000L, Check::ageMillis);
        }
    }

    private void pass(Duration time) {
        nanos.addAndGet(time.toNanos());
    }

    private static Check only(Probe<?> probe) {
        assertThat(probe.current()).hasSize(1);
        return probe.current().get(0);
    }
}
