package io.throughline.mapstore.writer;

import static org.assertj.core.api.Assertions.assertThat;

import io.throughline.mapstore.writer.StartFencing.Verdict;
import io.throughline.mapstore.writer.WriterSql.Stranger;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class StartFencingTest {

    private static final UUID STRANGER = new UUID(0, 1);
    private static final Instant NOON = Instant.parse("2026-11-24T12:00:00Z");
    private static final Set<String> OURS = Set.of("10.0.0.1:5701");

    private final StartFencing fencing = new StartFencing();

    private static List<Stranger> seen(String address, Duration ago, Instant at) {
        return List.of(new Stranger(STRANGER, address, ago, at));
    }

    private Verdict judge(List<Stranger> strangers, Duration since) {
        return fencing.judge(strangers, OURS, 1_000 + since.toNanos());
    }

    @Test
    void a_writer_long_unseen_is_fenced_at_once() {
        assertThat(judge(seen("elsewhere", Duration.ofSeconds(31), NOON), Duration.ZERO)
                        .fence())
                .containsExactly(STRANGER);
    }

    @Test
    void a_writer_whose_address_is_ours_now_is_fenced_at_once() {
        assertThat(judge(seen("10.0.0.1:5701", Duration.ofSeconds(1), NOON), Duration.ZERO)
                        .fence())
                .containsExactly(STRANGER);
    }

    @Test
    void a_writer_seen_lately_is_watched_and_fenced_when_it_is_not_seen_again() {
        List<Stranger> silent = seen("elsewhere", Duration.ofSeconds(3), NOON);
        assertThat(judge(silent, Duration.ZERO).watched()).containsExactly(STRANGER);
        assertThat(judge(silent, Duration.ofSeconds(4)).watched()).containsExactly(STRANGER);
        assertThat(judge(silent, StartFencing.WATCH).fence()).containsExactly(STRANGER);
    }

    @Test
    void a_writer_that_is_seen_again_is_another_grids() {
        judge(seen("elsewhere", Duration.ofSeconds(1), NOON), Duration.ZERO);
        Verdict verdict = judge(seen("elsewhere", Duration.ofSeconds(1), NOON.plusSeconds(4)), StartFencing.WATCH);
        assertThat(verdict.living()).containsExactly(STRANGER);
        assertThat(verdict.fence()).isEmpty();
    }

    /** A member of ours that joins meanwhile has a row before this member's list shows it. */
    @Test
    void each_writer_is_watched_from_its_own_first_sight() {
        judge(List.of(), Duration.ZERO);
        judge(seen("elsewhere", Duration.ofSeconds(1), NOON), Duration.ofSeconds(4));
        assertThat(judge(seen("elsewhere", Duration.ZERO, NOON.plusSeconds(2)), Duration.ofSeconds(6))
                        .watched())
                .containsExactly(STRANGER);
    }

    @Test
    void a_watch_is_longer_than_two_refreshes() {
        assertThat(StartFencing.WATCH).isGreaterThan(WriterKeeper.INTERVAL.multipliedBy(2));
    }
}
