package io.throughline.containers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A database node is unplugged under load. */
@ExtendWith(ComposeGrid.Once.class)
class LostNodeIT {

    /** As docker/throughline.yaml has it. */
    private static final Duration WRITE_TIMEOUT = Duration.ofSeconds(45);

    private static final Duration NO_PAUSE = Duration.ofSeconds(8);

    private final ComposeGrid grid;
    private final Shard shard;
    private final Shard other;

    LostNodeIT(ComposeGrid grid) {
        this.grid = grid;
        this.shard = grid.shards().get(0);
        this.other = grid.shards().get(1);
    }

    @Test
    void a_primary_that_is_cut_off_is_replaced_and_puts_of_its_shard_wait_for_that_without_an_error() {
        Node former = shard.primary();
        Traffic traffic = Traffic.on(grid);
        try (traffic) {
            traffic.awaitAcknowledged(100);
            Cut cut = Cut.fromAll(former);
            try {
                await().atMost(WRITE_TIMEOUT)
                        .until(() -> shard.nodes().stream()
                                .anyMatch(node -> !node.equals(former) && node.answers(8008, "/primary")));
                traffic.awaitAcknowledged(500);
            } finally {
                cut.mend();
            }
            traffic.awaitAcknowledged(100);
        }

        traffic.assertNoneFailed();
        traffic.assertNothingMissing(grid.shards());
        assertThat(traffic.longest(traffic.keysOf(shard))).isBetween(NO_PAUSE, WRITE_TIMEOUT);
        assertThat(traffic.longest(traffic.keysOf(other))).isLessThan(NO_PAUSE);
    }

    @Test
    void a_standby_that_is_cut_off_is_not_noticed() {
        Node standby = shard.standbys().get(0);
        Traffic traffic = Traffic.on(grid);
        try (traffic) {
            traffic.awaitAcknowledged(100);
            Cut cut = Cut.fromAll(standby);
            try {
                traffic.awaitAcknowledged(500);
            } finally {
                cut.mend();
            }
        }

        traffic.assertNoneFailed();
        assertThat(traffic.longest()).isLessThan(NO_PAUSE);
        traffic.assertNothingMissing(grid.shards());
    }
}
