package io.throughline.torture.model;

import io.throughline.mapstore.direct.SentCopies;

/**
 * A client with its script.
 *
 * @param done how many operations of its script have ended
 * @param copies of the current operation
 * @param evictions of the key that have not been answered
 * @param lately whether the key is in the overlay for the rest of a time to live
 * @param overlaid the position of what it wrote directly last
 * @param own the position that its own reads must have reached
 * @param floor the position that its current read must have reached
 * @param wrote the operation whose value an overlay with values would hold
 */
record Client(
        int done,
        Phase phase,
        SentCopies copies,
        int evictions,
        boolean lately,
        int overlaid,
        int own,
        int floor,
        int wrote) {

    /** What it waits for. */
    enum Phase {
        IDLE,
        /** A member's answer. */
        CACHE,
        /** Nothing: it goes to the shard next, unless the cache answers before. */
        FALLING_BACK,
        /** Nothing: it goes to the shard once more. */
        SENDING_AGAIN,
        /** The shard's answer. */
        SHARD
    }

    static final Client FRESH = new Client(0, Phase.IDLE, SentCopies.NONE, 0, false, 0, 0, 0, 0);

    Client asksCache(SentCopies attempt, int mustReach) {
        return new Client(done, Phase.CACHE, attempt, evictions, lately, overlaid, own, mustReach, wrote);
    }

    Client in(Phase next) {
        return new Client(done, next, copies, evictions, lately, overlaid, own, floor, wrote);
    }

    Client sends(SentCopies now) {
        return new Client(done, Phase.SHARD, now, evictions, lately, overlaid, own, floor, wrote);
    }

    Client sendsAgain(SentCopies now) {
        return new Client(done, Phase.SENDING_AGAIN, now, evictions, lately, overlaid, own, floor, wrote);
    }

    /** With the current operation. */
    Client ends() {
        return new Client(done + 1, Phase.IDLE, SentCopies.NONE, evictions, lately, overlaid, own, 0, wrote);
    }

    Client hasWritten(int position, int operation) {
        return new Client(done, phase, copies, evictions, lately, overlaid, position, floor, operation);
    }

    Client evicts() {
        return new Client(done, phase, copies, evictions + 1, lately, overlaid, own, floor, wrote);
    }

    Client evicted() {
        return new Client(done, phase, copies, evictions - 1, true, overlaid, own, floor, wrote);
    }

    Client overlays(int position) {
        return new Client(done, phase, copies, evictions, lately, position, own, floor, wrote);
    }

    Client remembersLately(boolean now) {
        return new Client(done, phase, copies, evictions, now, overlaid, own, floor, wrote);
    }
}
