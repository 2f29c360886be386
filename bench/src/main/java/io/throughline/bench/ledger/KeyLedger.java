package io.throughline.bench.ledger;

import java.util.concurrent.atomic.AtomicIntegerArray;

/**
 * For each key, which versions were written and what became of them: enough to say of any row, and of any answer to a
 * get, whether it may be.
 *
 * <p>Versions of a key count up from 1, and at most one put of a key is under way at a time. So the order of a key's writes
 * is known, and everything follows from its last acknowledged version <em>a</em>: a row must hold <em>a</em>, or a later
 * version whose outcome isn't known, and nothing else. A put is only late to the row, never to the order, so an earlier
 * version in the row means that an acknowledged write was lost, also where that earlier version's own outcome was unknown.
 *
 * <p>Eight bytes a key, and a bit for each put that was refused or whose outcome is unknown. {@link #begin} and the answer
 * to that put are called in turn for a key; apart from that, thread-safe.
 */
public final class KeyLedger {

    /** The last version sent; negative while it is under way. */
    private final AtomicIntegerArray sent;

    private final AtomicIntegerArray acknowledged;
    private final VersionSets refused = new VersionSets();
    private final VersionSets unknown = new VersionSets();

    /** Keys are numbered from 0. */
    public KeyLedger(int keys) {
        this.sent = new AtomicIntegerArray(keys);
        this.acknowledged = new AtomicIntegerArray(keys);
    }

    public int keys() {
        return sent.length();
    }

    /** Whether a put of this key is under way. */
    public boolean busy(int key) {
        return sent.get(key) < 0;
    }

    /**
     * The version that is to be put next. From now on the key is busy.
     *
     * @throws IllegalStateException if it is already
     */
    public int begin(int key) {
        int last = sent.get(key);
        if (last < 0 || !sent.compareAndSet(key, last, -(last + 1))) {
            throw new IllegalStateException("a put of key " + key + " is already under way");
        }
        return last + 1;
    }

    public void acknowledge(int key, int version) {
        acknowledged.set(key, version);
        end(key, version);
    }

    public void refuse(int key, int version) {
        refused.add(key, version);
        end(key, version);
    }

    public void doubt(int key, int version) {
        unknown.add(key, version);
        end(key, version);
    }

    private void end(int key, int version) {
        if (!sent.compareAndSet(key, -version, version)) {
            throw new IllegalStateException("no put of version " + version + " of key " + key + " is under way");
        }
    }

    /** The last version sent; 0 where there is none. */
    public int lastSent(int key) {
        return Math.abs(sent.get(key));
    }

    /** 0 where none was. A get that begins now must return this version or a later one. */
    public int lastAcknowledged(int key) {
        return acknowledged.get(key);
    }

    public Outcome outcome(int key, int version) {
        if (version < 1 || version > lastSent(key)) {
            return Outcome.NEVER_SENT;
        }
        if (refused.contains(key, version)) {
            return Outcome.REFUSED;
        }
        if (unknown.contains(key, version)) {
            return Outcome.UNKNOWN;
        }
        return version <= lastAcknowledged(key) ? Outcome.ACKNOWLEDGED : Outcome.UNANSWERED;
    }

    /** For a row that shows this version, once the puts have been answered or given up. */
    public Verdict ofRow(int key, int version) {
        return ofVersion(key, lastAcknowledged(key), version);
    }

    /** For a key without a row. */
    public Verdict ofNoRow(int key) {
        return ofNothing(lastAcknowledged(key));
    }

    /** @param floor {@link #lastAcknowledged} when the get began */
    public Verdict ofGet(int key, int floor, int version) {
        return ofVersion(key, floor, version);
    }

    /** For a get that found nothing. */
    public Verdict ofEmptyGet(int floor) {
        return ofNothing(floor);
    }

    private static Verdict ofNothing(int floor) {
        return floor == 0 ? Verdict.GOOD : Verdict.MISSING;
    }

    private Verdict ofVersion(int key, int floor, int version) {
        return switch (outcome(key, version)) {
            case NEVER_SENT -> Verdict.NEVER_SENT;
            case REFUSED -> version < floor ? Verdict.STALE : Verdict.REFUSED;
            case UNANSWERED, ACKNOWLEDGED, UNKNOWN -> version < floor ? Verdict.STALE : Verdict.GOOD;
        };
    }

    /** How many keys have an acknowledged write. */
    public int keysAcknowledged() {
        int count = 0;
        for (int key = 0; key < keys(); key++) {
            if (lastAcknowledged(key) > 0) {
                count++;
            }
        }
        return count;
    }
}
