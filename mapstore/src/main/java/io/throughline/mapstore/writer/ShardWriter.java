package io.throughline.mapstore.writer;

import io.throughline.mapstore.writer.Duties.Gain;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.UUID;
import java.util.function.Consumer;

/**
 * This member as one shard knows it: a row that is its right to write.
 *
 * <p><b>The invariant.</b> When a member's write of a row is acknowledged, no statement that was sent before it by
 * anyone else, and none that its sender has given up on, changes that row later.
 *
 * <p><b>Why it holds.</b> Every batch locks its writer's row {@code FOR SHARE} in the statement that writes, and writes
 * only if the row is unfenced and has the epoch that the batch carries. Fencing and raising an epoch are plain updates
 * of that row. So either the batch has the lock first, and the update waits until it is committed or gone; or the
 * update is first, and the batch, which re-reads the row when it gets the lock, writes nothing. Before its own first
 * statement after any of these events, a member makes that update:
 *
 * <ul>
 *   <li>a member left the list, or this member was promoted in its place: it is fenced, for good;
 *   <li>a partition came, in whatever way: everyone else's epoch is raised, as a debt doesn't travel with a partition. They send
 *       again what they still own, and a partition that is being handed over is not their own ({@link Ownership});
 *   <li>an answer was lost: this member's own epoch is raised. The duty outlives the operation that lost it.
 * </ul>
 *
 * <p><b>What would break it.</b> A fence that is not waited for; {@code FOR KEY SHARE}, which doesn't conflict with the
 * update; a check in a statement of its own, whose snapshot is old by the time of the write; a fenced member that
 * registers anew under the same UUID, which {@code registered} rules out; a minority that fences the majority, which is
 * why fencing takes a majority and a fencer that is itself unfenced; what one UUID owed, done by the next one that a merge
 * gives ({@link WriterLife}).
 *
 * <p>Thread-safe. docs/writers.md has the timeline.
 */
public final class ShardWriter {

    /** A merge may end a life while its strangers are waited for. */
    private static final long LIFE_CHECK_NANOS = 500_000_000;

    private final String shard;
    private final Membership membership;
    private final Ownership ownership;
    private final Consumer<String> whenFenced;
    /** With {@code strict-lease}: what a member that left out of order owned isn't written while it may still serve what it holds. */
    private final PartitionTimes leases;

    private volatile WriterLife life;

    /**
     * @param strictLease how long inherited partitions are not written; zero where {@code strict-lease} is off
     * @param whenFenced told the shard, possibly more than once; must not block
     */
    public ShardWriter(
            String shard,
            Membership membership,
            Ownership ownership,
            Duration strictLease,
            Consumer<String> whenFenced) {
        this.shard = shard;
        this.membership = membership;
        this.ownership = ownership;
        this.whenFenced = whenFenced;
        this.leases = new PartitionTimes(strictLease);
        this.life = begin();
    }

    private WriterLife begin() {
        return new WriterLife(shard, membership, ownership, leases, whenFenced);
    }

    private WriterLife life() {
        WriterLife known = life;
        return known.lasts() ? known : next();
    }

    private synchronized WriterLife next() {
        if (!life.lasts()) {
            life = begin();
        }
        return life;
    }

    /** To be called before an operation waits for this shard. */
    public void use() {
        membership.identity().use();
    }

    /** A partition is about to become this member's. Must be called before it does. */
    void gained(int partition, UUID from, Gain gain) {
        life().duties().gained(partition, from, gain);
    }

    /** As {@link #gained}, of a member that left, and that the partition table has forgotten already. */
    void orphaned(int partition) {
        life().duties().orphaned(partition);
    }

    /** The answer to a statement is lost: it may be running, or still be on its way. */
    public void answerLost(int backendPid) {
        life().answerLost(backendPid);
    }

    /** Whether this member may write the partition's rows now, later, or not at all. */
    public Ownership.State stateOf(int partition) {
        Ownership.State state = ownership.of(partition);
        return state == Ownership.State.MINE && leases.runs(partition, System.nanoTime())
                ? Ownership.State.IN_LIMBO
                : state;
    }

    /** Whether a write of the partition has to wait now, or once what is owed for it is done: its lease begins then. */
    public boolean hasToWait(int partition) {
        return (leases.everRun() && life().duties().owes(partition)) || stateOf(partition) != Ownership.State.MINE;
    }

    /**
     * Whether {@link #mayWrite} has left something undone for a partition that came to this member, because a migration, if only of
     * a backup, had it on its way at that moment. To be asked after the partition was found to be this member's.
     */
    public boolean owesFor(int partition) {
        return ownership.of(partition) != Ownership.State.NOT_MINE
                && life().duties().owes(partition);
    }

    /**
     * Whether nothing is owed for the partition, and no lease runs: that begins before what is owed counts as done. To be asked
     * after the partition was found to be this member's.
     */
    public boolean mayWriteNow(int partition) {
        return !life().duties().owes(partition) && stateOf(partition) == Ownership.State.MINE;
    }

    /** What stands in the row, when it differs from the stamp of a batch that was not applied because of it. */
    public void found(WriterRow row) throws NotAllowedException {
        life().standing().found(row);
    }

    /**
     * Does what is owed to the shard, and gives the right by which the next statement is sent. Costs nothing when
     * nothing is owed.
     *
     * @throws NotAllowedException if this member is fenced, or has to fence others and hears no majority, or if another
     *     thread is at it for longer
     */
    public WriterStamp mayWrite(Connection connection) throws SQLException {
        // In this order: a life that began in the midst of a merge has seen a list of this member alone.
        WriterLife now = life();
        if (membership.identity().merging()) {
            throw NotAllowedException.merging(shard);
        }
        return now.mayWrite(connection);
    }

    boolean startJudged() {
        return life().strangers().areJudged();
    }

    /** Waits until it is known whether another grid's living writers are on this shard, or for as long as given. */
    public void awaitStartJudged(Duration patience) {
        long end = System.nanoTime() + patience.toNanos();
        for (long left = patience.toNanos(); left > 0 && !startJudged(); left = end - System.nanoTime()) {
            life().strangers().awaitJudged(Duration.ofNanos(Math.min(left, LIFE_CHECK_NANOS)));
        }
    }

    /** Whether another grid's living writers were found on this shard. */
    public boolean foreign() {
        return life().strangers().live();
    }

    /**
     * Tells the shard that this member is alive, and fences who left, without waiting for a store that needs it. One that
     * hears no majority learns here that others have taken its place, and doesn't count as alive: newcomers would give way to it.
     */
    void refresh(Connection connection) throws SQLException {
        ownership.notePlaces();
        life().standing().look(connection);
        WriterStamp stamp = mayWrite(connection);
        if (membership.hearsMajority()) {
            WriterSql.seen(connection, stamp.member());
        }
    }

    /**
     * Ends this member's right to write, for good: who starts next then has no one to watch ({@link StartFencing}). Only
     * for one that has nothing left to send and nobody left to answer, as what it sends afterwards is refused: Hazelcast
     * has shut down, and the lanes have ended.
     */
    void leave(Connection connection) throws SQLException {
        life().standing().leave(connection);
    }
}
