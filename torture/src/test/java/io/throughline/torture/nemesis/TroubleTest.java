package io.throughline.torture.nemesis;

import static org.assertj.core.api.Assertions.assertThat;

import io.throughline.torture.nemesis.Nemesis.Unrest;
import java.time.Duration;
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

    /**
     * Found by runs of every fault: operations ran twice 36 s after their partition's owner had its right time again, and 15 s
     * after, when two rounds had passed already.
     */
    @Test
    void a_wrong_clock_is_felt_for_another_minute() {
        trouble.begins(of(FaultName.CLOCK), 1);
        trouble.ends(2);
        trouble.begins(of(FaultName.KILL_STANDBY), 7);
        trouble.ends(8);

        assertThat(trouble.over())
                .containsExactly(
                        new Unrest(Set.of(FaultName.CLOCK), 1, 2),
                        new Unrest(Set.of(FaultName.CLOCK), 2, 2 + Trouble.CLOCK_FELT),
                        new Unrest(Set.of(FaultName.KILL_STANDBY), 7, 8));
    }
}
