package io.throughline.mapstore.writer;

import io.throughline.mapstore.writer.Membership.Look;
import io.throughline.mapstore.writer.StartFencing.Verdict;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * The unfenced writers that a starting member finds on a shard and not in its list: looked at until it is known whether
 * they are of an earlier life of this grid, or another grid's. Thread-safe, but for {@link #toFence}, which is for one
 * thread at a time.
 */
final class Strangers {

    private final String shard;
    private final Membership membership;
    private final StartFencing startFencing = new StartFencing();
    private final CountDownLatch judged = new CountDownLatch(1);
    private volatile boolean living;

    Strangers(String shard, Membership membership) {
        this.shard = shard;
        this.membership = membership;
    }

    /**
     * @return those that are to be fenced, when all are judged
     * @throws NotAllowedException if some have to be watched for longer, or are another grid's
     */
    Set<UUID> toFence(Connection connection) throws SQLException {
        // One list for both: a member of a later one would be a stranger to this one, and dead by its address.
        Look list = membership.look();
        Verdict verdict = startFencing.judge(
                WriterSql.strangers(connection, list.members()), list.addresses(), System.nanoTime());
        if (!verdict.living().isEmpty()) {
            living = true;
            judged.countDown();
            throw NotAllowedException.anotherGrid(shard, verdict.living());
        }
        if (!verdict.watched().isEmpty()) {
            throw NotAllowedException.watching(shard, verdict.watched());
        }
        judged.countDown();
        return verdict.fence();
    }

    boolean areJudged() {
        return judged.getCount() == 0;
    }

    void awaitJudged(Duration patience) {
        try {
            judged.await(patience.toNanos(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Whether another grid's living writers were found. */
    boolean live() {
        return living;
    }
}
