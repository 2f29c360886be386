package io.throughline.torture.model;

import java.util.ArrayList;
import java.util.List;

/**
 * What was told to whom: nothing that the system knows, only what it is judged by.
 *
 * @param fates of the operations, by number; the first is what was there from the beginning
 * @param everyone the position that everyone's reads must have reached
 * @param awaiting a position that everyone's reads must reach when a time to live has passed; 0 for none
 * @param through the members through whom something was acknowledged, a bit each
 * @param atShard the operations of which a direct copy has run, a bit each
 * @param latest deadline of a direct write that took effect
 * @param broken what did not hold; empty while all does
 */
record Ledger(
        List<Fate> fates, int everyone, int awaiting, int through, int atShard, long latest, List<Property> broken) {

    /** What a client was told. */
    enum Told {
        NOT_BEGUN,
        NOTHING_YET,
        WRITTEN,
        REFUSED,
        UNKNOWN
    }

    /**
     * @param before the operations that had ended when this one began, a bit each
     * @param begun how long the history was then
     */
    record Fate(Told told, int before, int begun) {
        static final Fate OPEN = new Fate(Told.NOT_BEGUN, 0, 0);

        boolean ended() {
            return told != Told.NOT_BEGUN && told != Told.NOTHING_YET;
        }

        boolean hadEnded(int operation) {
            return ((before >> operation) & 1) == 1;
        }
    }

    static Ledger of(int operations) {
        List<Fate> open = new ArrayList<>();
        for (int number = 0; number <= operations; number++) {
            open.add(Fate.OPEN);
        }
        return new Ledger(List.copyOf(open), 0, 0, 0, 0, 0, List.of());
    }

    Fate of(Operation operation) {
        return fates.get(operation.number());
    }

    Ledger begins(Operation operation, int history) {
        int ended = 0;
        for (int number = 1; number < fates.size(); number++) {
            ended |= fates.get(number).ended() ? 1 << number : 0;
        }
        return with(operation, new Fate(Told.NOTHING_YET, ended, history));
    }

    Ledger ends(Operation operation, Told told) {
        Fate fate = of(operation);
        return with(operation, new Fate(told, fate.before(), fate.begun()));
    }

    private Ledger with(Operation operation, Fate fate) {
        List<Fate> all = new ArrayList<>(fates);
        all.set(operation.number(), fate);
        return new Ledger(List.copyOf(all), everyone, awaiting, through, atShard, latest, broken);
    }

    Ledger everyoneSees(int position) {
        return new Ledger(fates, Math.max(everyone, position), awaiting, through, atShard, latest, broken);
    }

    Ledger everyoneWillSee(int position) {
        return new Ledger(fates, everyone, Math.max(awaiting, position), through, atShard, latest, broken);
    }

    /** A time to live has passed. */
    Ledger timeToLivePassed() {
        return new Ledger(fates, Math.max(everyone, awaiting), 0, through, atShard, latest, broken);
    }

    Ledger acknowledgedThrough(int member) {
        return new Ledger(fates, everyone, awaiting, through | (1 << member), atShard, latest, broken);
    }

    boolean hasAcknowledged(int member) {
        return ((through >> member) & 1) == 1;
    }

    Ledger breaks(Property property) {
        return new Ledger(fates, everyone, awaiting, through, atShard, latest, List.of(property));
    }

    Ledger ranAtShard(Operation operation) {
        return new Ledger(fates, everyone, awaiting, through, atShard | (1 << operation.number()), latest, broken);
    }

    boolean hasRunAtShard(Operation operation) {
        return ((atShard >> operation.number()) & 1) == 1;
    }

    Ledger committed(long deadline) {
        return new Ledger(fates, everyone, awaiting, through, atShard, Math.max(latest, deadline), broken);
    }
}
