package io.throughline.containers;

import static org.awaitility.Awaitility.await;

import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A member is lost under load. What it was busy with has an unknown outcome; what was acknowledged is there. */
@ExtendWith(ComposeGrid.Once.class)
class LostMemberIT {

    /** A silent member is dropped after 10 s, and the client gives up on it after 8 s. */
    private static final Duration DROPPED_WITHIN = Duration.ofSeconds(20);

    private static final Duration BACK_WITHIN = Duration.ofSeconds(90);

    private final ComposeGrid grid;
    private final Node member;

    LostMemberIT(ComposeGrid grid) {
        this.grid = grid;
        this.member = grid.members().get(0);
    }

    @Test
    void two_members_go_on_when_the_third_is_killed() {
        Traffic during = Traffic.on(grid);
        Traffic afterwards;
        try (during) {
            during.awaitAcknowledged(100);
            member.kill();
            afterwards = twoGoOn();
        } finally {
            member.start();
        }

        assertNothingMissing(during, afterwards);
    }

    @Test
    void two_members_go_on_when_the_third_is_cut_off_from_them_and_from_clients() {
        Traffic during = Traffic.on(grid);
        Traffic afterwards;
        try (during) {
            during.awaitAcknowledged(100);
            Cut cut = Cut.from(member, "grid");
            try {
                afterwards = twoGoOn();
            } finally {
                cut.mend();
            }
        }

        assertNothingMissing(during, afterwards);
    }

    @AfterEach
    void the_third_comes_back() {
        await().atMost(BACK_WITHIN).until(() -> grid.membersSeen() == 3);
        grid.members().forEach(each -> await().atMost(BACK_WITHIN).until(() -> each.answers(9701, "/health/ready")));
    }

    /** Whatever its key, no put fails that begins after the third was dropped. */
    private Traffic twoGoOn() {
        await().atMost(DROPPED_WITHIN).until(() -> grid.membersSeen() == 2);
        Traffic afterwards = Traffic.on(grid);
        try (afterwards) {
            afterwards.awaitAcknowledged(300);
        }
        afterwards.assertNoneFailed();
        return afterwards;
    }

    private void assertNothingMissing(Traffic... traffics) {
        for (Traffic traffic : traffics) {
            traffic.assertNothingMissing(grid.shards());
        }
    }
}
