package io.throughline.torture.model;

import static io.throughline.torture.model.Operation.Kind.PLAIN_DELETE;
import static io.throughline.torture.model.Operation.Kind.PLAIN_GET;
import static io.throughline.torture.model.Operation.Kind.PLAIN_PUT;
import static io.throughline.torture.model.Operation.Kind.RESILIENT_GET;
import static io.throughline.torture.model.Operation.Kind.RESILIENT_PUT;
import static io.throughline.torture.model.Operation.Kind.RESILIENT_REMOVE;
import static io.throughline.torture.model.Scenario.client;

import io.throughline.torture.model.Scenario.Trait;

/** What is searched: small scenarios in every build, larger ones where depth is asked for. */
enum Bounds {
    STALLED_OWNER(1, Scenario.of(Budget.NONE.withStalls(1), client(PLAIN_PUT), client(PLAIN_PUT, PLAIN_GET))),
    KILLED_OWNER(1, Scenario.of(Budget.NONE.withKills(1), client(PLAIN_PUT), client(PLAIN_PUT, PLAIN_GET))),
    KILLED_OWNER_AND_LOST_ANSWER(
            1, Scenario.of(Budget.NONE.withKills(1).withCuts(1), client(PLAIN_PUT), client(PLAIN_PUT, PLAIN_GET))),
    HAND_OVER(
            1,
            Scenario.of(
                    Budget.NONE.withHandOvers(1), client(PLAIN_PUT), client(PLAIN_PUT), client(PLAIN_GET, PLAIN_GET))),
    HANDED_ON(
            1,
            Scenario.of(Budget.NONE.withHandOvers(2).withKills(1), client(PLAIN_PUT), client(PLAIN_PUT))
                    .with(Trait.THIRD_MEMBER)),
    HAND_OVER_AND_LOST_ANSWER(
            1, Scenario.of(Budget.NONE.withHandOvers(1).withCuts(1), client(PLAIN_PUT), client(PLAIN_PUT, PLAIN_GET))),
    LOST_ANSWER(1, Scenario.of(Budget.NONE.withCuts(1), client(PLAIN_PUT, PLAIN_PUT), client(PLAIN_GET))),
    REFUSALS(
            1,
            Scenario.of(Budget.NONE.withCuts(1), client(PLAIN_PUT), client(PLAIN_PUT, PLAIN_GET))
                    .with(Trait.REFUSALS)),
    HAND_OVER_AND_REFUSALS(
            1,
            Scenario.of(Budget.NONE.withHandOvers(1), client(PLAIN_PUT), client(PLAIN_PUT, PLAIN_GET))
                    .with(Trait.REFUSALS)),
    KILLED_OWNER_AND_REFUSALS(
            1,
            Scenario.of(Budget.NONE.withKills(1), client(PLAIN_PUT), client(PLAIN_PUT, PLAIN_GET))
                    .with(Trait.REFUSALS)),
    FALLBACK_BESIDE_A_PUT(
            1,
            Scenario.of(Budget.NONE.withTicks(1), client(RESILIENT_PUT, RESILIENT_GET), client(PLAIN_PUT))
                    .remembering(4)),
    FALLBACK_BESIDE_A_GET(
            1, Scenario.of(Budget.NONE.withTicks(1), client(RESILIENT_PUT, RESILIENT_GET), client(PLAIN_GET))),
    FALLBACK_BESIDE_A_DELETE(
            1,
            Scenario.of(Budget.NONE.withTicks(1), client(RESILIENT_PUT, RESILIENT_GET), client(PLAIN_DELETE))
                    .empty()),
    FALLBACK_FROM_A_STALLED_OWNER(
            1, Scenario.of(Budget.NONE.withStalls(1), client(RESILIENT_PUT, RESILIENT_GET), client(PLAIN_GET))),
    FALLBACK_FROM_A_KILLED_OWNER(
            1, Scenario.of(Budget.NONE.withKills(1), client(RESILIENT_PUT, RESILIENT_GET), client(PLAIN_GET))),
    FALLBACK_BESIDE_A_HAND_OVER(
            1, Scenario.of(Budget.NONE.withHandOvers(1), client(RESILIENT_PUT, RESILIENT_GET), client(PLAIN_GET))),
    TWO_FALLBACKS(1, Scenario.of(Budget.NONE.withTicks(1), client(RESILIENT_PUT), client(RESILIENT_PUT))),
    LOST_COPY(1, Scenario.of(Budget.NONE.withCuts(1).withTicks(1), client(RESILIENT_REMOVE), client(RESILIENT_PUT))),
    GIVEN_UP(
            1,
            Scenario.of(Budget.NONE.withCuts(1).withTicks(1), client(RESILIENT_REMOVE), client(RESILIENT_REMOVE))
                    .with(Trait.GIVES_UP)),
    SECOND_RUN(
            1, Scenario.of(Budget.NONE.withDuplicates(1).withTicks(1), client(RESILIENT_PUT), client(RESILIENT_PUT))),
    STANDBY_REFILLS(
            1,
            Scenario.of(Budget.NONE.withHandOvers(1), client(PLAIN_PUT, PLAIN_GET), client(PLAIN_PUT, PLAIN_GET))
                    .with(Trait.STANDBY_REFILLS)),
    STANDBY_REFILLS_BESIDE_A_FALLBACK(
            1,
            Scenario.of(Budget.NONE, client(RESILIENT_PUT), client(PLAIN_GET, PLAIN_GET))
                    .cold()
                    .with(Trait.STANDBY_REFILLS)),

    STALLED_OWNER_AND_LOST_ANSWER(
            2, Scenario.of(Budget.NONE.withStalls(1).withCuts(1), client(PLAIN_PUT), client(PLAIN_PUT, PLAIN_GET))),
    STALLED_OWNER_AND_HAND_OVER(
            2,
            Scenario.of(Budget.NONE.withStalls(1).withHandOvers(1), client(PLAIN_PUT), client(PLAIN_PUT, PLAIN_GET))),
    STALLED_OWNER_AND_A_DELETE(
            2, Scenario.of(Budget.NONE.withStalls(1), client(PLAIN_PUT), client(PLAIN_DELETE), client(PLAIN_GET))),
    STALLED_OWNER_AND_STANDBY_REFILLS(
            2,
            Scenario.of(Budget.NONE.withStalls(1), client(RESILIENT_PUT, RESILIENT_GET), client(PLAIN_GET))
                    .with(Trait.STANDBY_REFILLS)),
    HAND_OVER_AND_STANDBY_REFILLS(
            2,
            Scenario.of(
                            Budget.NONE.withHandOvers(1).withTicks(1),
                            client(RESILIENT_PUT, RESILIENT_GET),
                            client(PLAIN_GET))
                    .with(Trait.STANDBY_REFILLS)),
    LOST_COPY_BESIDE_A_PUT(
            2,
            Scenario.of(Budget.NONE.withCuts(1).withTicks(1), client(RESILIENT_PUT, RESILIENT_GET), client(PLAIN_PUT))),
    LOST_COPY_OF_A_REMOVE(
            2,
            Scenario.of(
                    Budget.NONE.withCuts(1).withTicks(1),
                    client(RESILIENT_REMOVE, RESILIENT_GET),
                    client(PLAIN_PUT, PLAIN_GET))),
    TWO_FALLBACKS_AND_A_LOST_COPY(
            2, Scenario.of(Budget.NONE.withCuts(1).withTicks(1), client(RESILIENT_PUT), client(RESILIENT_PUT))),
    FALLBACK_KILLED_OWNER_AND_LOST_ANSWER(
            2, Scenario.of(Budget.NONE.withKills(1).withCuts(1), client(RESILIENT_PUT), client(PLAIN_PUT))),
    FALLBACK_STALLED_OWNER_AND_LOST_ANSWER(
            2, Scenario.of(Budget.NONE.withStalls(1).withCuts(1), client(RESILIENT_PUT), client(PLAIN_PUT))),
    BREAKER(
            2,
            Scenario.of(Budget.NONE.withTicks(1), client(RESILIENT_PUT, RESILIENT_GET), client(RESILIENT_PUT))
                    .with(Trait.BREAKER)),

    THREE_FALLBACKS(
            3,
            Scenario.of(Budget.NONE.withTicks(1), client(RESILIENT_PUT), client(RESILIENT_PUT), client(RESILIENT_GET))),
    FALLBACK_FROM_A_STALLED_OWNER_BESIDE_A_PUT(
            3,
            Scenario.of(Budget.NONE.withStalls(1), client(RESILIENT_PUT, RESILIENT_GET), client(PLAIN_PUT, PLAIN_GET))),
    GIVEN_UP_ATTEMPT(
            3,
            Scenario.of(Budget.NONE.withCuts(1).withTicks(1), client(RESILIENT_PUT), client(RESILIENT_PUT))
                    .with(Trait.GIVES_UP));

    private final int depth;
    // Immutable, without an annotation that says so.
    @SuppressWarnings("ImmutableEnumChecker")
    private final Scenario scenario;

    Bounds(int depth, Scenario scenario) {
        this.depth = depth;
        this.scenario = scenario;
    }

    /** From which depth on it is searched; 1 is in every build. */
    int depth() {
        return depth;
    }

    Scenario scenario() {
        return scenario;
    }

    /** In a mechanism's absence, the one in which something breaks. */
    static Bounds against(Mechanism missing) {
        return switch (missing) {
            case FENCE_WAITS, BACKUP_ACKNOWLEDGES -> KILLED_OWNER;
            case WRITER_FENCED, MEMORY_BOUND -> STALLED_OWNER;
            case EVICTION_NEEDS_MAJORITY -> FALLBACK_FROM_A_STALLED_OWNER;
            case EPOCH_AT_HAND_OVER -> HAND_OVER;
            case EPOCH_OF_EVERYONE -> HANDED_ON;
            case EPOCH_BEFORE_RESEND -> LOST_ANSWER;
            case POSITION_ASKED -> STANDBY_REFILLS_BESIDE_A_FALLBACK;
            case ROW_GUARD, ID_IN_ATTEMPTS, OVERLAY_WITHOUT_VALUES, REPEATED_NOT_KEPT -> FALLBACK_BESIDE_A_PUT;
            case FORGOTTEN_REFUSED, SEAL, LATER_DEADLINES -> LOST_COPY;
            case LATE_ATTEMPTS_REFUSED -> SECOND_RUN;
            case DEADLINE_IN_ROW -> GIVEN_UP;
            case SECOND_RUN_UNKNOWN -> HAND_OVER_AND_REFUSALS;
            case TOMBSTONES -> FALLBACK_BESIDE_A_DELETE;
            case OVERLAY, OVERLAY_UNTIL_EVICTED, EVICTED_AFTERWARDS -> FALLBACK_BESIDE_A_GET;
        };
    }

    @Override
    public String toString() {
        return name().toLowerCase(java.util.Locale.ROOT).replace('_', ' ');
    }
}
