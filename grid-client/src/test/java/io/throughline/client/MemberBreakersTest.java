package io.throughline.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.throughline.client.MemberBreakers.Permit;
import io.throughline.client.MemberBreakers.Work;
import io.throughline.member.SharedGrid;
import java.time.Duration;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(SharedGrid.Once.class)
class MemberBreakersTest {

    /** A refusal by another member than the one that was asked does not say that nothing is stored. */
    @Test
    void whether_the_member_that_was_asked_still_owns_the_key_is_known(SharedGrid grid) {
        MemberBreakers breakers = new MemberBreakers(grid.client());
        String key = grid.freshKey();
        Permit permit = Objects.requireNonNull(breakers.ask(key, "shard-1", Work.WRITE));
        assertThat(breakers.stillOwns(permit, key)).isTrue();
        try {
            grid.ownerOf(key).kill();
            await().atMost(Duration.ofSeconds(30)).until(() -> !breakers.stillOwns(permit, key));
        } finally {
            grid.restore();
        }
    }

    @Test
    void what_was_asked_before_a_breaker_opened_is_not_taken_for_the_answer_to_its_probe(SharedGrid grid) {
        MemberBreakers breakers = new MemberBreakers(grid.client());
        String key = grid.freshKey();
        Permit early = Objects.requireNonNull(breakers.ask(key, "shard-1", Work.READ));
        for (int call = 0; call < 3; call++) {
            Permit.giveBack(breakers.ask(key, "shard-1", Work.READ), true);
        }
        assertThat(breakers.ask(key, "shard-1", Work.READ)).isNull();
        await().atMost(Duration.ofSeconds(5)).until(() -> {
            Permit probe = breakers.ask(key, "shard-1", Work.READ);
            if (probe == null) {
                return false;
            }
            Permit.giveBack(early, false);
            assertThat(breakers.ask(key, "shard-1", Work.READ)).as("one probe").isNull();
            probe.answered();
            return true;
        });
        assertThat(breakers.ask(key, "shard-1", Work.READ)).isNotNull();
        assertThat(breakers.open()).isZero();
    }
}
