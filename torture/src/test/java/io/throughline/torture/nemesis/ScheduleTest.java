package io.throughline.torture.nemesis;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

final class ScheduleTest {

    private static final List<FaultName> ALL = List.of(FaultName.values());

    private static List<Round> rounds(long seed, List<FaultName> faults, int count) {
        Schedule schedule = new Schedule(seed, faults);
        return Stream.generate(schedule::next).limit(count).toList();
    }

    @Test
    void the_same_seed_gives_the_same_rounds_and_another_seed_others() {
        assertThat(rounds(7, ALL, 100)).isEqualTo(rounds(7, ALL, 100)).isNotEqualTo(rounds(8, ALL, 100));
    }

    @Test
    void the_order_in_which_faults_were_named_makes_no_difference() {
        assertThat(rounds(7, List.of(FaultName.KILL_PRIMARY, FaultName.KILL_MEMBER), 20))
                .isEqualTo(rounds(7, List.of(FaultName.KILL_MEMBER, FaultName.KILL_PRIMARY), 20));
    }

    @Test
    void each_fault_comes_alone_before_any_comes_again() {
        for (int seed = 0; seed < 100; seed++) {
            List<Round> first = rounds(seed, ALL, ALL.size());
            assertThat(first).allSatisfy(round -> assertThat(round.steps()).hasSize(1));
            Set<FaultName> met =
                    first.stream().map(round -> round.steps().get(0).fault()).collect(Collectors.toSet());
            assertThat(met).isEqualTo(EnumSet.allOf(FaultName.class));
        }
    }

    @Test
    void later_rounds_have_every_fault_alone_and_every_pair() {
        Set<Set<FaultName>> met = rounds(1, ALL, 5_000).stream()
                .skip(ALL.size())
                .map(round -> round.steps().stream().map(Step::fault).collect(Collectors.toSet()))
                .collect(Collectors.toSet());
        int pairs = ALL.size() * (ALL.size() - 1) / 2;
        assertThat(met).hasSize(pairs + ALL.size());
    }

    @Test
    void a_fault_lasts_as_long_as_it_may_and_a_round_begins_with_its_first() {
        assertThat(rounds(3, ALL, 1_000)).allSatisfy(round -> {
            assertThat(round.quiet()).isBetween(Duration.ofSeconds(1), Duration.ofSeconds(3));
            assertThat(round.steps().get(0).at()).isZero();
            assertThat(round.steps())
                    .isSortedAccordingTo((one, other) -> one.at().compareTo(other.at()));
            assertThat(round.steps())
                    .allSatisfy(step -> assertThat(step.lasts())
                            .isBetween(
                                    Duration.ofSeconds(step.fault().shortestSeconds()),
                                    Duration.ofSeconds(step.fault().longestSeconds())));
        });
    }

    @Test
    void every_victim_gets_its_turn() {
        Set<Integer> members = rounds(5, List.of(FaultName.STALL_MEMBER), 100).stream()
                .map(round -> round.steps().get(0).target() % 3)
                .collect(Collectors.toSet());
        assertThat(members).isEqualTo(IntStream.range(0, 3).boxed().collect(Collectors.toSet()));
    }
}
