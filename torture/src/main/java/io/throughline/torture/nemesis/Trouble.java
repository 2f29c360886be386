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

    private final List<Unrest> over = new ArrayList<>();
    private final Set<FaultName> now = EnumSet.noneOf(FaultName.class);
    private long since;
    private boolean aftermath;

    /** @param at ns since the run began */
    synchronized void begins(Round round, long at) {
        since = now.isEmpty() ? at : since;
        round.steps().forEach(step -> {
            now.add(step.fault());
            aftermath &= step.fault() != FaultName.CLOCK;
        });
    }

    /**
     * All is well, for as far as can be seen: who had a wrong clock may still be dropped by the others half a minute after it was
     * set right, so that this goes on for one more round.
     *
     * @param at ns since the run began
     */
    synchronized void ends(long at) {
        if (now.isEmpty()) {
            return;
        }
        over.add(new Unrest(Set.copyOf(now), since, at));
        boolean lasts = now.contains(FaultName.CLOCK) && !aftermath;
        now.clear();
        aftermath = lasts;
        if (lasts) {
            now.add(FaultName.CLOCK);
            since = at;
        }
    }

    synchronized List<Unrest> over() {
        return List.copyOf(over);
    }
}
