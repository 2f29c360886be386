package io.throughline.mapstore.writer;

import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.IntPredicate;
import org.jspecify.annotations.Nullable;

/**
 * What a member owes a shard before its next statement there. A state machine without I/O: what is owed stays owed,
 * whatever becomes of the operation that met it, until it is marked as done. Thread-safe.
 */
final class Duties {

    /** How a partition came to this member. */
    enum Gain {
        /** Its owner is alive and handed it over: what it has sent must be refused, the owner itself not. */
        HANDED_OVER,
        /** Its owner left the cluster, though this member's list may not show it yet. */
        INHERITED
    }

    /**
     * @param number in the order in which gains were noted
     * @param from null where only the member list says who it was
     */
    record Gained(long number, @Nullable UUID from, Gain gain) {}

    /**
     * One look at what is owed.
     *
     * @param raiseOwn whether an answer was lost
     * @param fence members that left
     * @param gains partitions that came. Everyone else is to be raised for them: who had one last may have handed it on, or have
     *     died, before it had anything to send here, and so have done nothing about the one before
     * @param inherited those of them whose owner left
     */
    record Owed(boolean raiseOwn, Set<UUID> fence, Map<Integer, Gained> gains, Set<Integer> inherited) {

        boolean nothing() {
            return !raiseOwn && fence.isEmpty() && gains.isEmpty();
        }
    }

    private final Map<Integer, Gained> gained = new HashMap<>();
    /** Whom a gain was raised for already: the next one may hang for longer. */
    private final Map<Gained, Set<UUID>> raised = new HashMap<>();

    private final Set<UUID> left = new HashSet<>();
    private final Set<UUID> fenced = new HashSet<>();
    private long noted;
    private long answersLost;
    private long answersLostSettled;

    /** A partition that was inherited, for which nothing was done before it went and came again, is so still. */
    synchronized void gained(int partition, UUID from, Gain gain) {
        if (gain == Gain.INHERITED) {
            left.add(from);
        }
        long number = ++noted;
        gained.merge(
                partition,
                new Gained(number, from, gain),
                (before, now) -> before.gain() == Gain.INHERITED
                        ? new Gained(number, before.from() == null ? null : from, Gain.INHERITED)
                        : now);
    }

    /** Its owner left, and nothing but the member list says who that is. */
    synchronized void orphaned(int partition) {
        gained.put(partition, new Gained(++noted, null, Gain.INHERITED));
    }

    /** The number of the gain that was noted last. */
    synchronized long noted() {
        return noted;
    }

    /** Whether a partition that is this member's by now was orphaned up to then. */
    synchronized boolean anyOrphaned(long until, IntPredicate owned) {
        return gained.entrySet().stream()
                .anyMatch(gain -> gain.getValue().from() == null
                        && gain.getValue().number() <= until
                        && owned.test(gain.getKey()));
    }

    /** Whether a partition has come, or is about to, for which not everything is done. */
    synchronized boolean owes(int partition) {
        return gained.containsKey(partition);
    }

    /** Whatever was sent may still run: it must be refused before anything is sent again. */
    synchronized void answerLost() {
        answersLost++;
    }

    /**
     * @param departed everyone who has left this member's list
     * @param owned whether a partition is this member's by now: before, its owner may still write, so that raising its
     *     epoch would settle nothing
     * @param until of what was orphaned only this much, as {@code departed} certainly says whose it was; what becomes this member's
     *     only now stays owed
     */
    synchronized Owed owed(Collection<UUID> departed, IntPredicate owned, long until) {
        Set<UUID> fence = new HashSet<>(departed);
        fence.addAll(left);
        Map<Integer, Gained> due = new HashMap<>();
        Set<Integer> inherited = new HashSet<>();
        gained.forEach((partition, gain) -> {
            if (owned.test(partition) && (gain.from() != null || gain.number() <= until)) {
                due.put(partition, gain);
                if (gain.gain() == Gain.INHERITED) {
                    inherited.add(partition);
                }
            }
        });
        fence.removeAll(fenced);
        return new Owed(answersLost > answersLostSettled, Set.copyOf(fence), due, inherited);
    }

    /** @return the answers that are lost up to now, for {@link #raisedOwn} */
    synchronized long lostUntilNow() {
        return answersLost;
    }

    /** @param lostUntil from {@link #lostUntilNow}, taken before the epoch was raised */
    synchronized void raisedOwn(long lostUntil) {
        answersLostSettled = Math.max(answersLostSettled, lostUntil);
    }

    synchronized void fenced(Set<UUID> members) {
        fenced.addAll(members);
    }

    /** Those of the others who have not yet been raised since these gains became due. */
    synchronized List<UUID> toRaise(Owed owed, Collection<UUID> others) {
        return others.stream()
                .filter(other -> owed.gains().values().stream()
                        .anyMatch(gain -> !raised.getOrDefault(gain, Set.of()).contains(other)))
                .toList();
    }

    synchronized void raised(Owed owed, UUID other) {
        owed.gains()
                .values()
                .forEach(gain ->
                        raised.computeIfAbsent(gain, any -> new HashSet<>()).add(other));
    }

    /** Everyone else has been raised or fenced. What was gained again since is owed anew. */
    synchronized void settled(Owed owed) {
        owed.gains().forEach(gained::remove);
        raised.keySet().retainAll(gained.values());
    }
}
