package io.throughline.mapstore.batch;

import io.throughline.mapstore.attempt.AttemptOutcome;
import io.throughline.mapstore.config.OnDegraded;
import io.throughline.mapstore.shard.Backoff;
import io.throughline.mapstore.shard.FailureKind;
import io.throughline.mapstore.shard.ShardConnection;
import io.throughline.mapstore.shard.ShardMetrics;
import io.throughline.mapstore.shard.ShardPool;
import io.throughline.mapstore.statement.BatchReply;
import io.throughline.mapstore.statement.WriteStatement;
import io.throughline.mapstore.writer.NotAllowedException;
import io.throughline.mapstore.writer.Reruns;
import io.throughline.mapstore.writer.ShardWriter;
import io.throughline.mapstore.writer.WriterStamp;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Commits a batch, and sends it again until it is committed, refused, or nobody waits for it any more. Sending again is
 * safe because a batch is idempotent: it says what its rows are, not how they change; and because nothing of an earlier
 * try is still running ({@link ShardWriter}).
 */
final class BatchWriter implements LaneWork<PendingWrite> {

    private static final Logger log = LoggerFactory.getLogger(BatchWriter.class);

    private final ShardPool pool;
    private final ShardWriter writer;
    private final Reruns reruns;
    private final ShardMetrics metrics;
    private final OnDegraded onDegraded;
    private final Duration maxClockSkew;
    private final UnderWay underWay = new UnderWay();

    BatchWriter(
            ShardPool pool,
            ShardWriter writer,
            Reruns reruns,
            ShardMetrics metrics,
            OnDegraded onDegraded,
            Duration maxClockSkew) {
        this.pool = pool;
        this.writer = writer;
        this.reruns = reruns;
        this.metrics = metrics;
        this.onDegraded = onDegraded;
        this.maxClockSkew = maxClockSkew;
    }

    /**
     * Gives back what has to wait as its partition is on its way: it must not keep the others waiting. And what has not been
     * stored when a write has ended whose answer waits for the lane's thread: that has to return first.
     */
    @Override
    public List<PendingWrite> apply(List<PendingWrite> batch) {
        Backoff backoff = new Backoff();
        List<PendingWrite> rows = wanted(batch);
        while (!rows.isEmpty()) {
            List<PendingWrite> mine = mine(rows);
            Try tried = mine.isEmpty() ? Try.ENDED : send(mine);
            if (tried == Try.ENDED) {
                return wanted(rows);
            }
            if (tried == Try.FAILED && !anAnswerWaits(rows)) {
                backoff.pause();
            }
            List<PendingWrite> left = wanted(rows);
            if (anAnswerWaits(rows)) {
                return left;
            }
            rows = left;
        }
        return List.of();
    }

    private static boolean anAnswerWaits(List<PendingWrite> rows) {
        return rows.stream().anyMatch(PendingWrite::waitsForItsLane);
    }

    private static List<PendingWrite> wanted(List<PendingWrite> rows) {
        return rows.stream().filter(PendingWrite::wanted).toList();
    }

    /** What may be sent now. What is not this member's any more fails; what is being handed over has to wait. */
    private List<PendingWrite> mine(List<PendingWrite> rows) {
        return rows.stream()
                .filter(row -> switch (writer.stateOf(row.operation().partition())) {
                    case MINE -> true;
                    case IN_LIMBO -> false;
                    case NOT_MINE -> {
                        row.fail(BatchFailures.moved(row));
                        yield false;
                    }
                })
                .toList();
    }

    private Try send(List<PendingWrite> rows) {
        try (ShardConnection connection = pool.connect()) {
            return commit(connection, rows);
        } catch (SQLException notConnected) {
            rows.forEach(row -> row.notStored(notConnected));
            metrics.retried();
            return Try.FAILED;
        }
    }

    private Try commit(ShardConnection connection, List<PendingWrite> gathered) {
        List<PendingWrite> rows = gathered;
        underWay.begin(connection);
        try {
            WriterStamp stamp = writer.mayWrite(connection.jdbc());
            // Looked at again: what became ours meanwhile has duties that were not yet done.
            rows = mine(gathered).stream()
                    .filter(row -> writer.mayWriteNow(row.partition()))
                    .filter(PendingWrite::beginSend)
                    .toList();
            if (rows.isEmpty()) {
                return Try.FAILED;
            }
            long begin = System.nanoTime();
            BatchReply reply = WriteStatement.of(
                            rows.stream().map(PendingWrite::row).toList(),
                            onDegraded == OnDegraded.REFUSE,
                            maxClockSkew)
                    .execute(connection.jdbc(), stamp);
            Try tried = answered(rows, stamp, reply, System.nanoTime() - begin);
            return tried == Try.ENDED && rows.size() < gathered.size() ? Try.FAILED : tried;
        } catch (NotAllowedException notAllowed) {
            return refused(rows, notAllowed);
        } catch (SQLException failure) {
            return settled(connection, rows, failure);
        } finally {
            underWay.end();
        }
    }

    @Override
    public void cutOff() {
        underWay.cutOff();
    }

    private Try answered(List<PendingWrite> rows, WriterStamp stamp, BatchReply reply, long nanos)
            throws NotAllowedException {
        if (reply.applied(stamp, onDegraded == OnDegraded.REFUSE)) {
            metrics.committed(rows.size(), nanos);
            acknowledge(rows, reply);
            return Try.ENDED;
        }
        if (!reply.writer().fenced() && reply.writer().epoch() == stamp.epoch()) {
            rows.forEach(row -> row.fail(BatchFailures.notReplicated(row)));
            return Try.ENDED;
        }
        writer.found(reply.writer());
        rows.forEach(row -> row.notStored(BatchFailures.epochRaised()));
        metrics.retried();
        return Try.EPOCH_RAISED;
    }

    private void acknowledge(List<PendingWrite> rows, BatchReply reply) {
        if (reply.onQuorum()) {
            rows.forEach(row -> settle(row, reply));
            return;
        }
        metrics.degraded();
        switch (onDegraded) {
            case REFUSE -> rows.forEach(row -> row.fail(BatchFailures.onOneMachine(row)));
            case WARN -> {
                log.warn("{} row(s) acknowledged that are on the primary of {} only", rows.size(), pool.shard());
                rows.forEach(row -> settle(row, reply));
            }
        }
    }

    /**
     * An attempt that its row had taken before has succeeded as well, but not here: others may have written since, and what
     * this member would keep in memory could be older than the row.
     */
    private void settle(PendingWrite row, BatchReply reply) {
        AttemptOutcome outcome = reply.outcomeOf(row.row());
        if (outcome == AttemptOutcome.APPLIED) {
            reruns.stored(row.operation().partition());
            row.succeed();
        } else {
            row.fail(BatchFailures.notTaken(row, outcome));
        }
    }

    private Try refused(List<PendingWrite> rows, NotAllowedException notAllowed) {
        if (notAllowed.forGood()) {
            rows.forEach(row -> row.fail(BatchFailures.notAllowed(row, notAllowed)));
            return Try.ENDED;
        }
        rows.forEach(row -> row.notStored(notAllowed));
        return Try.FAILED;
    }

    private Try settled(ShardConnection connection, List<PendingWrite> rows, SQLException failure) {
        metrics.retried();
        switch (FailureKind.of(failure)) {
            case ROW -> {
                connection.rollBack();
                underWay.end();
                connection.close();
                isolate(rows, failure);
                return Try.ENDED;
            }
            case NOT_STORED -> {
                connection.rollBack();
                rows.forEach(row -> row.notStored(failure));
            }
            case MAYBE_STORED -> {
                writer.answerLost(connection.backendPid());
                connection.discard();
                rows.forEach(row -> inDoubt(row, failure));
            }
        }
        return Try.FAILED;
    }

    /**
     * An attempt is not sent again: by then its row may have taken it, and forgotten it for newer ones, and would take it a second
     * time (docs/model.md). Its client goes to the shard, where that is asked.
     */
    private static void inDoubt(PendingWrite row, SQLException failure) {
        if (row.row().attempt() == null) {
            row.maybeStored(failure);
        } else {
            row.fail(BatchFailures.answerLost(row, failure));
        }
    }

    /** One row is at fault: halves are tried until it stands alone. */
    private void isolate(List<PendingWrite> rows, SQLException failure) {
        if (rows.size() == 1) {
            rows.get(0).fail(BatchFailures.refusedByDatabase(rows.get(0), failure));
            return;
        }
        apply(rows.subList(0, rows.size() / 2));
        apply(rows.subList(rows.size() / 2, rows.size()));
    }
}
