package io.throughline.torture.model;

import static org.assertj.core.api.Assertions.assertThat;

import io.throughline.torture.model.Scenario.Trait;
import io.throughline.torture.model.Search.Found;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every interleaving within the bounds. {@code -Dthroughline.model.depth=2} and {@code 3} search larger ones
 * (docs/model.md). The stories stand in this test's output.
 */
class ModelTest {

    private static final int DEPTH = Integer.getInteger("throughline.model.depth", 1);
    private static final Set<Mechanism> NONE = EnumSet.noneOf(Mechanism.class);

    static Stream<Bounds> bounds() {
        return Arrays.stream(Bounds.values()).filter(bounds -> bounds.depth() <= DEPTH);
    }

    @ParameterizedTest
    @MethodSource("bounds")
    void with_all_mechanisms_everything_holds(Bounds bounds) {
        Found found = search(bounds.toString(), bounds.scenario(), NONE);
        assertThat(found.broken()).as(() -> Story.of(found)).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void without_a_mechanism_something_breaks(Mechanism missing) {
        Bounds bounds = Bounds.against(missing);
        Found found = search("without " + missing + ", " + bounds, bounds.scenario(), EnumSet.of(missing));
        assertThat(found.holds()).isFalse();
        assertThat(bounds.depth())
                .as("the same bounds are searched with it in place")
                .isEqualTo(1);
    }

    /** What the search found, and nothing prevents: docs/model.md. */
    @Test
    void an_attempt_that_hazelcast_runs_twice_is_taken_twice_if_the_row_has_forgotten_it_before_its_deadline() {
        Scenario scenario = Bounds.SECOND_RUN.scenario().with(Trait.FORGOTTEN_ATTEMPTS);
        assertThat(search("a forgotten attempt", scenario, NONE).broken()).containsExactly(Property.ONCE);
    }

    /**
     * What the search found: a load's answer that a member had in its hands when it stalled outlives the lease. In the moment
     * before the member looks at whom it hears, it serves what it has.
     */
    @Test
    void a_member_that_wakes_can_serve_an_old_value_for_a_moment_even_with_a_strict_lease() {
        Scenario scenario = Bounds.STALLED_OWNER.scenario().with(Trait.WAKES_UNAWARE, Trait.STRICT_LEASE);
        assertThat(search("wakes unaware", scenario, NONE).broken()).containsExactly(Property.READ_YOUR_WRITES);
    }

    private static Found search(String title, Scenario scenario, Set<Mechanism> missing) {
        long begun = System.nanoTime();
        Found found = new Search(scenario, missing).run();
        long millis = (System.nanoTime() - begun) / 1_000_000;
        System.out.printf(
                "%n%s: %,d states, %d steps, %,d ms%n",
                title, found.states(), found.story().size(), millis);
        System.out.print(Story.of(found));
        return found;
    }
}
