package io.throughline.torture.nemesis;

import io.throughline.torture.nemesis.Nemesis.Unrest;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * When the grid was not well, and what had been done to it. What was not well in time goes on with the next round. Thread-safe.
 */
final class Trouble {

    /** Who had a wrong clock may still be dropped by the others half a minute after it was set right. */
    static final long CLOCK_FELT = 60_000_000_000L;

    private final List<Unrest> over = new ArrayList<>();
    private final Set<FaultName> now = EnumSet.noneOf(FaultName.class);
    private long since;

    /** @param at ns since the run began */
    synchronized void begins(Round round, long at) {
        since = now.isEmpty() ? at : since;
        round.steps().forEach(step -> now.add(step.fault()));
    }

    /**
     * All is well, for as far as can be seen.
     *
     * @param at ns since the run began
     */
    synchronized void ends(long at) {
        if (now.isEmpty()) {
            return;
        }
        over.add(new Unrest(Set.copyOf(now), since, at));
        if (now.contains(FaultName.CLOCK)) {
            over.add(new Unrest(Set.of(FaultName.CLOCK), at, at + CLOCK_FELT));
        }
        now.clear();
    }

    synchronized List<Unrest> over() {
        return List.copyOf(over);
    }
}
