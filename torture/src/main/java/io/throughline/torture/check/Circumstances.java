package io.throughline.torture.check;

import io.throughline.torture.history.Operation;
import java.util.function.Predicate;

/**
 * What happened beside the operations, as far as less is promised because of it (docs/torture.md, "What is checked for whom").
 * Where it isn't known, {@code true} is the safe answer: it finds less, and nothing that isn't there.
 *
 * @param staleness how far a read may be behind where the others allow it, ns: the TTL, and what clocks and expiry round
 * @param fellBack whether this put of a resilient client may have been written to the shard directly. Its removes, its
 *     conditional operations and whatever has no answer always count as direct
 * @param moved whether the key's partition may have changed its owner while this was under way
 * @param cutOff whether this may have been answered by a member that was cut off from the others
 */
public record Circumstances(
        long staleness, Predicate<Operation> fellBack, Predicate<Operation> moved, Predicate<Operation> cutOff) {

    /** The TTL of DESIGN.md, ns. */
    public static final long TTL = 5_000_000_000L;

    /** Nothing happened: all is linearizable, but for what resilient clients do directly. */
    public static Circumstances calm() {
        return new Circumstances(TTL, operation -> false, operation -> false, operation -> false);
    }

    public Circumstances staleness(long bound) {
        return new Circumstances(bound, fellBack, moved, cutOff);
    }

    public Circumstances fellBack(Predicate<Operation> those) {
        return new Circumstances(staleness, those, moved, cutOff);
    }

    public Circumstances moved(Predicate<Operation> those) {
        return new Circumstances(staleness, fellBack, those, cutOff);
    }

    public Circumstances cutOff(Predicate<Operation> those) {
        return new Circumstances(staleness, fellBack, moved, those);
    }
}
