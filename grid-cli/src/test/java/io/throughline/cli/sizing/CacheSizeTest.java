package io.throughline.cli.sizing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class CacheSizeTest {

    private static final CacheSize MISSION = new CacheSize(2500, Duration.ofSeconds(5), 20, 200, 3, 3, 3);

    @Test
    void the_sum_is_rate_times_ttl_times_entry_times_copies_times_headroom() {
        assertThat(MISSION.entries()).isEqualTo(12_500);
        assertThat(MISSION.entryBytes()).isEqualTo(460);
        assertThat(MISSION.totalBytes()).isEqualTo(12_500L * 460 * 3 * 3);
        assertThat(MISSION.bytesOfOneMember()).isEqualTo(12_500L * 460 * 3);
    }

    @Test
    void the_headroom_covers_what_has_expired_and_is_not_yet_swept() {
        assertThat(CacheSize.DEFAULT_HEADROOM).isGreaterThan(CacheSize.MEASURED_RESIDENCE);
        assertThat(MISSION.headroom()).isEqualTo(CacheSize.DEFAULT_HEADROOM);
    }

    @Test
    void with_more_members_than_copies_one_may_be_lost() {
        CacheSize five = new CacheSize(100_000, Duration.ofSeconds(5), 20, 2_000, 3, 3, 5);

        assertThat(five.heapOfOneMember()).isGreaterThan((long) (five.totalBytes() / 4.0 / 0.6) - 1);
        assertThat(five.heapOfOneMember() % (1 << 20)).isZero();
    }

    @Test
    void a_small_cache_still_gets_a_heap_that_hazelcast_can_run_in() {
        assertThat(new CacheSize(1, Duration.ofSeconds(1), 1, 0, 3, 1, 3).heapOfOneMember())
                .isEqualTo(256L << 20);
    }

    @Test
    void what_makes_no_sense_is_refused() {
        assertThatThrownBy(() -> new CacheSize(0, Duration.ofSeconds(5), 20, 200, 3, 3, 3))
                .hasMessageContaining("puts per second");
        assertThatThrownBy(() -> new CacheSize(1, Duration.ofSeconds(5), 513, 200, 3, 3, 3))
                .hasMessageContaining("512");
        assertThatThrownBy(() -> new CacheSize(1, Duration.ofSeconds(5), 20, 200, 3, 3, 2))
                .hasMessageContaining("3 copies need 3 members");
        assertThatThrownBy(() -> new CacheSize(1, Duration.ofSeconds(5), 20, 200, 3, 0.5, 3))
                .hasMessageContaining("headroom");
    }
}
