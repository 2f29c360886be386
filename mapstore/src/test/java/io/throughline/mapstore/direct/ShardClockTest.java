package io.throughline.mapstore.direct;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ShardClockTest {

    private static final long ROUND_TRIP = TimeUnit.MILLISECONDS.toNanos(10);

    private final ShardClock clock = new ShardClock();

    @ParameterizedTest
    @ValueSource(longs = {-60_000, 0, 60_000})
    void it_is_the_shards_clock_however_far_this_machines_is_off(long off) {
        long shard = System.currentTimeMillis() + off;
        clock.set(shard, System.nanoTime(), System.nanoTime());
        assertThat(clock.now()).isCloseTo(shard, within(500L));
    }

    /** As after a failover to a machine with another clock. */
    @ParameterizedTest
    @ValueSource(longs = {-60_000, 60_000})
    void a_reply_that_says_another_time_corrects_it(long off) {
        long asked = System.nanoTime();
        long shard = clock.now() + off;
        clock.correct(shard, asked, asked + ROUND_TRIP);
        assertThat(clock.now()).isCloseTo(shard, within(500L));
    }

    /** A reply may have waited for the standbys: within that time it says nothing new. */
    @ParameterizedTest
    @ValueSource(longs = {0, 3_000, 6_000})
    void a_reply_from_within_the_time_that_it_took_changes_nothing(long after) {
        long asked = System.nanoTime();
        long before = clock.now();
        clock.correct(before + after, asked, asked + TimeUnit.SECONDS.toNanos(6));
        assertThat(clock.now()).isCloseTo(before, within(500L));
    }
}
