package io.throughline.torture.nemesis;

import static org.assertj.core.api.Assertions.assertThat;

import io.throughline.torture.nemesis.Nemesis.Unrest;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

final class TroubleTest {

    private final Trouble trouble = new Trouble();

    private static Round of(FaultName... faults) {
        return new Round(
                Duration.ZERO,
                Stream.of(faults)
                        .map(fault -> new Step(Duration.ZERO, Duration.ZERO, fault, 0))
                        .toList());
    }

    @Test
    void what_is_not_well_in_time_goes_on_with_the_next_round() {
        trouble.begins(of(FaultName.KILL_MEMBER), 1);
        trouble.begins(of(FaultName.FILL_DISK), 5);
        trouble.ends(9);
        trouble.ends(10);

        assertThat(trouble.over())
                .containsExactly(new Unrest(Set.of(FaultName.KILL_MEMBER, FaultName.FILL_DISK), 1, 9));
    }

    /** Found by half an hour of every fault: a put ran twice 36 s after its partition's owner had its right time again. */
    @Test
    void a_wrong_clock_is_felt_for_one_more_round() {
        trouble.begins(of(FaultName.CLOCK), 1);
        trouble.ends(2);
        trouble.begins(of(FaultName.KILL_PRIMARY), 4);
        trouble.ends(5);
        trouble.begins(of(FaultName.KILL_STANDBY), 7);
        trouble.ends(8);

        assertThat(trouble.over())
                .containsExactly(
                        new Unrest(Set.of(FaultName.CLOCK), 1, 2),
                        new Unrest(Set.of(FaultName.CLOCK, FaultName.KILL_PRIMARY), 2, 5),
                        new Unrest(Set.of(FaultName.KILL_STANDBY), 7, 8));
    }

    @Test
    void two_rounds_with_a_wrong_clock_are_felt_for_one_more() {
        for (int at : List.of(1, 3)) {
            trouble.begins(of(FaultName.CLOCK), at);
            trouble.ends(at + 1);
        }
        trouble.begins(of(FaultName.KILL_STANDBY), 5);
        trouble.ends(6);

        assertThat(trouble.over()).hasSize(3).last().extracting(Unrest::begun).isEqualTo(4L);
    }
}
