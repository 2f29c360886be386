package io.throughline.torture.model;

import io.throughline.torture.model.Ledger.Fate;
import io.throughline.torture.model.Ledger.Told;

/** The properties: what is looked at when an operation takes effect, when a client is told, and when it reads. */
final class Judge {

    private static final int NO_MEMBER = -1;

    private final Setting setting;

    Judge(Setting setting) {
        this.setting = setting;
    }

    /** A direct write takes effect. */
    State takesEffect(State state, Operation operation, long deadline) {
        State after = takesEffect(state, operation, NO_MEMBER, deadline);
        return after.with(after.ledger().committed(deadline));
    }

    /** A member's batch takes effect. */
    State takesEffect(State state, Operation operation, int member, long deadline) {
        if (state.history().last() == operation.number()) {
            return state; // Twice in a row is the same as once.
        }
        State after = state.with(state.history().then(operation.number()));
        Fate fate = state.ledger().of(operation);
        if (fate.told() == Told.REFUSED) {
            return broken(after, Property.REFUSED_IS_NEVER_STORED);
        }
        if (operation.resilient() && state.history().positionOf(operation.number()) > 0) {
            return broken(after, Property.ONCE);
        }
        return late(state, operation, member, deadline) ? broken(after, Property.NOTHING_LATE) : after;
    }

    /**
     * What ended in an error may still be written, and no more than that: a plain put until its member is fenced, a resilient one
     * until a later deadline is on the row. And no batch of a member that was replaced, over what its successor has
     * acknowledged.
     */
    private static boolean late(State state, Operation operation, int member, long deadline) {
        Ledger ledger = state.ledger();
        Told told = ledger.of(operation).told();
        if (member != NO_MEMBER && member != state.owner() && ledger.hasAcknowledged(state.owner())) {
            return true;
        }
        if (operation.resilient()) {
            return told == Told.WRITTEN || (told == Told.UNKNOWN && deadline <= ledger.latest());
        }
        return told != Told.UNKNOWN
                && ledger.fates().stream()
                        .anyMatch(other -> other.told() == Told.WRITTEN && other.hadEnded(operation.number()));
    }

    /** A client hears that nothing was stored, and that nothing will be. */
    State refused(State state, Operation operation) {
        State told = state.with(state.ledger().ends(operation, Told.REFUSED));
        return state.history().positionOf(operation.number()) == 0
                ? told
                : broken(told, Property.REFUSED_IS_NEVER_STORED);
    }

    /** A client hears through the cache that it has written. From now on everyone's reads find this, or a later one. */
    State acknowledged(State state, Operation operation, int member) {
        State told = durable(state, operation);
        int position = state.history().positionOf(operation.number());
        return told.with(told.ledger()
                .ends(operation, Told.WRITTEN)
                .everyoneSees(position)
                .acknowledgedThrough(member));
    }

    /** A client hears from the shard that it has written: its own reads find it now, everyone's one time to live later. */
    State acknowledgedByShard(State state, Operation operation) {
        int position = state.history().positionOf(operation.number());
        State told = state.with(state.ledger().ends(operation, Told.WRITTEN).everyoneWillSee(position));
        Client client = told.client(operation.client());
        return told.with(
                operation.client(),
                client.hasWritten(Math.max(client.own(), position), operation.number())
                        .overlays(Math.max(client.overlaid(), position)));
    }

    /** What is acknowledged has taken effect. */
    State durable(State state, Operation operation) {
        return state.history().positionOf(operation.number()) > 0 ? state : broken(state, Property.DURABLE);
    }

    /** What counts as written because it was overwritten since it began: one of those that did so has taken effect. */
    State overwritten(State state, Operation operation) {
        return state.history().size() > state.ledger().of(operation).begun() ? state : broken(state, Property.DURABLE);
    }

    /** @param found the operation whose value was read */
    State read(State state, int client, int found) {
        return stale(state, found, state.client(client).floor()) ? broken(state, Property.READ_YOUR_WRITES) : state;
    }

    /** The position that a client's read must reach that begins now. */
    static int floor(State state, int client) {
        return Math.max(state.ledger().everyone(), state.client(client).own());
    }

    /** Whether this value is older than what has to be seen, and differs from it: two deletes look the same. */
    private boolean stale(State state, int found, int floor) {
        if (state.history().positionOf(found) >= floor) {
            return false;
        }
        for (int position = floor; position <= state.history().size(); position++) {
            if (setting.value(state.history().at(position)).equals(setting.value(found))) {
                return false;
            }
        }
        return true;
    }

    private static State broken(State state, Property property) {
        return state.with(state.ledger().breaks(property));
    }
}
