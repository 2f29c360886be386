package io.throughline.torture.check;

import java.util.List;

/**
 * One moment at which an operation took effect. Most operations have one.
 *
 * @param id unique within the key
 * @param operation the operation's id
 * @param from the moment is not before this, ns
 * @param to nor after this; {@link #NEVER_OVER} where it can come at any time
 * @param mandatory whether it must have happened
 * @param after ids of steps that come before it, whatever the times say; one that is not among those searched is no bound
 */
record Step(int id, int operation, long from, long to, boolean mandatory, Effect effect, List<Integer> after) {

    static final long NEVER_OVER = Long.MAX_VALUE;

    Step {
        after = List.copyOf(after);
    }

    Step with(Effect other) {
        return new Step(id, operation, from, to, mandatory, other, after);
    }

    Step within(long begin, long end, boolean certain) {
        return new Step(id, operation, begin, end, certain, effect, after);
    }

    boolean changes() {
        return effect.changes();
    }
}
