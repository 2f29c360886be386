package io.throughline.mapstore.writer;

import io.throughline.mapstore.writer.Duties.Owed;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Queue;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.IntPredicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What is known and owed on one shard under one UUID of this member. A merge gives it another one, and so another life that
 * begins with nothing: whom the earlier one missed may be whom the next one hears. Thread-safe.
 */
final class WriterLife {

    private static final Logger log = LoggerFactory.getLogger(WriterLife.class);

    /** Who settles may hang in a socket, and a lane must not hang with it. Mostly it takes a few milliseconds. */
    private static final long SETTLING_ELSEWHERE_MILLIS = 200;

    private final String shard;
    private final UUID self;
    private final Membership membership;
    private final Ownership ownership;
    private final PartitionTimes leases;
    private final WriterStanding standing;
    private final Strangers strangers;
    private final Duties duties = new Duties();
    private final Queue<Integer> lostBackends = new ConcurrentLinkedQueue<>();
    private final ReentrantLock settling = new ReentrantLock();
    private volatile boolean startFenced;

    WriterLife(
            String shard,
            Membership membership,
            Ownership ownership,
            PartitionTimes leases,
            Consumer<String> whenFenced) {
        this.shard = shard;
        this.self = membership.self();
        this.membership = membership;
        this.ownership = ownership;
        this.leases = leases;
        this.standing = new WriterStanding(shard, self, membership, whenFenced);
        this.strangers = new Strangers(shard, membership);
    }

    /** Whether the member still has the UUID that this began with. */
    boolean lasts() {
        return self.equals(membership.self());
    }

    Duties duties() {
        return duties;
    }

    WriterStanding standing() {
        return standing;
    }

    Strangers strangers() {
        return strangers;
    }

    void answerLost(int backendPid) {
        lostBackends.add(backendPid);
        duties.answerLost();
    }

    /** As {@link ShardWriter#mayWrite}. */
    WriterStamp mayWrite(Connection connection) throws SQLException {
        IntPredicate owned = ownership::mine;
        // The list is looked at afterwards: once it is current, it shows whose partitions were orphaned until here.
        long noted = duties.noted();
        long judged = 0;
        if (duties.anyOrphaned(noted, owned)) {
            if (!ownership.tableShows(membership)) {
                throw NotAllowedException.listBehind(shard);
            }
            judged = noted;
        }
        Set<UUID> departed = membership.look().departed();
        WriterStamp ready = standing.unfenced();
        if (ready != null && startFenced && duties.owed(departed, owned, judged).nothing()) {
            return ready;
        }
        return settleAlone(connection, departed, owned, judged);
    }

    private WriterStamp settleAlone(Connection connection, Set<UUID> departed, IntPredicate owned, long noted)
            throws SQLException {
        if (!mineToSettle()) {
            throw NotAllowedException.settling(shard);
        }
        try {
            return settle(connection, departed, owned, noted);
        } finally {
            settling.unlock();
        }
    }

    private boolean mineToSettle() {
        try {
            return settling.tryLock(SETTLING_ELSEWHERE_MILLIS, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private WriterStamp settle(Connection connection, Set<UUID> departed, IntPredicate owned, long noted)
            throws SQLException {
        WriterStamp stamp = standing.register(connection);
        Owed owed = duties.owed(departed, owned, noted);
        if (owed.raiseOwn()) {
            raiseOwn(connection);
            stamp = standing.register(connection);
        }
        if (!startFenced) {
            fence(connection, strangers.toFence(connection));
            startFenced = true;
        }
        fence(connection, owed.fence());
        raiseOthers(connection, owed);
        owed.inherited().forEach(partition -> leases.begin(partition, System.nanoTime()));
        duties.settled(owed);
        return stamp;
    }

    /** One after the other: nobody's batches are held up while another one's are waited for. */
    private void raiseOthers(Connection connection, Owed owed) throws SQLException {
        if (owed.gains().isEmpty()) {
            return;
        }
        for (UUID other : duties.toRaise(owed, WriterSql.unfenced(connection, self))) {
            WriterSql.raise(connection, other);
            duties.raised(owed, other);
        }
    }

    private void raiseOwn(Connection connection) throws SQLException {
        long lost = duties.lostUntilNow();
        endLostBackends(connection);
        WriterSql.raise(connection, self);
        standing.look(connection);
        duties.raisedOwn(lost);
        log.info("raised the epoch on {} after a lost answer", shard);
    }

    /** Only hygiene: the raise waits for them anyway, and a statement that is on its way has no backend yet. */
    private void endLostBackends(Connection connection) {
        for (Integer pid = lostBackends.poll(); pid != null; pid = lostBackends.poll()) {
            try {
                WriterSql.endBackend(connection, pid);
            } catch (SQLException e) {
                log.warn("could not end backend {} on {}, whose answer was lost: {}", pid, shard, e.getMessage());
            }
        }
    }

    private void fence(Connection connection, Set<UUID> departed) throws SQLException {
        if (departed.isEmpty()) {
            return;
        }
        if (!membership.hearsMajority()) {
            throw NotAllowedException.noMajority(shard);
        }
        // In this order: the majority that another UUID hears may be of those who left for this one.
        if (!lasts()) {
            throw NotAllowedException.merging(shard);
        }
        if (!WriterSql.fence(connection, self, departed)) {
            throw standing.fenced();
        }
        duties.fenced(departed);
        log.info("fenced {} on {}", departed, shard);
    }
}
