package io.throughline.torture.nemesis;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Random;

/**
 * Which fault comes when and at whom: each alone first, in an order of the seed's, then alone and in pairs at random. The same
 * seed and the same faults give the same rounds, of which a longer run has more. Pure; not thread-safe.
 */
public final class Schedule {

    private static final int SHORTEST_QUIET_MILLIS = 1_000;
    private static final int LONGEST_QUIET_MILLIS = 3_000;
    private static final int SECOND_WITHIN_MILLIS = 4_000;
    private static final int MANY_TARGETS = 1_000;

    private final Random random;
    private final List<FaultName> faults;
    private final List<FaultName> alone;

    /** @param faults at least one, each once */
    public Schedule(long seed, List<FaultName> faults) {
        if (faults.isEmpty()) {
            throw new IllegalArgumentException("a schedule needs a fault");
        }
        this.random = new Random(seed);
        this.faults = faults.stream().sorted().distinct().toList();
        this.alone = new ArrayList<>(this.faults);
        Collections.shuffle(alone, random);
    }

    public Round next() {
        Duration quiet = millis(SHORTEST_QUIET_MILLIS, LONGEST_QUIET_MILLIS);
        if (!alone.isEmpty()) {
            return new Round(quiet, List.of(step(Duration.ZERO, alone.remove(0))));
        }
        FaultName first = any();
        FaultName second = any();
        Step opening = step(Duration.ZERO, first);
        if (first == second) {
            return new Round(quiet, List.of(opening));
        }
        Step closing = step(millis(0, SECOND_WITHIN_MILLIS), second);
        return new Round(quiet, sorted(opening, closing));
    }

    private static List<Step> sorted(Step one, Step other) {
        return List.of(one, other).stream()
                .sorted(Comparator.comparing(Step::at))
                .toList();
    }

    private FaultName any() {
        return faults.get(random.nextInt(faults.size()));
    }

    private Step step(Duration at, FaultName fault) {
        Duration lasts = millis(fault.shortestSeconds() * 1_000, fault.longestSeconds() * 1_000);
        return new Step(at, lasts, fault, random.nextInt(MANY_TARGETS));
    }

    private Duration millis(int from, int to) {
        return Duration.ofMillis(from + (long) random.nextInt(to - from + 1));
    }
}
