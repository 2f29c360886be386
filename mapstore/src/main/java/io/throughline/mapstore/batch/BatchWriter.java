package io.throughline.mapstore.batch;

import io.throughline.mapstore.ErrorCode;
import io.throughline.mapstore.ThroughlineException;
import io.throughline.mapstore.row.RowOperation;
import io.throughline.mapstore.shard.ShardConnection;
import io.throughline.mapstore.shard.ShardMetrics;
import io.throughline.mapstore.shard.ShardPool;
import io.throughline.mapstore.statement.WriteStatement;
import java.sql.SQLException;
import java.util.List;

/**
 * Commits a batch, and sends it again until it is committed, refused, or nobody waits for it any more. Sending again is
 * safe because a batch is idempotent: it says what its rows are, not how they change.
 */
public final class BatchWriter {

    private final ShardPool pool;
    private final ShardMetrics metrics;

    public BatchWriter(ShardPool pool, ShardMetrics metrics) {
        this.pool = pool;
        this.metrics = metrics;
    }

    /** Completes every write of the batch. */
    public void write(List<PendingWrite> batch) {
        Backoff backoff = new Backoff();
        for (List<PendingWrite> rows = stillWanted(batch); !rows.isEmpty(); rows = stillWanted(rows)) {
            if (sent(rows)) {
                return;
            }
            backoff.pause();
        }
    }

    private static List<PendingWrite> stillWanted(List<PendingWrite> batch) {
        return batch.stream().filter(PendingWrite::beginSend).toList();
    }

    /** True when nothing of these rows is left to be sent. */
    private boolean sent(List<PendingWrite> rows) {
        try (ShardConnection connection = pool.connect()) {
            return committed(connection, rows);
        } catch (SQLException notConnected) {
            metrics.retried();
            rows.forEach(row -> row.notStored(notConnected));
            return false;
        }
    }

    private boolean committed(ShardConnection connection, List<PendingWrite> rows) {
        try {
            long begin = System.nanoTime();
            WriteStatement.of(rows.stream().map(PendingWrite::row).toList()).execute(connection.jdbc());
            metrics.committed(rows.size(), System.nanoTime() - begin);
            rows.forEach(PendingWrite::succeed);
            return true;
        } catch (SQLException failure) {
            return settled(connection, rows, failure);
        }
    }

    private boolean settled(ShardConnection connection, List<PendingWrite> rows, SQLException failure) {
        switch (FailureKind.of(failure)) {
            case ROW -> {
                connection.close();
                isolate(rows, failure);
                return true;
            }
            case NOT_STORED -> rows.forEach(row -> row.notStored(failure));
            case MAYBE_STORED -> {
                connection.discard();
                rows.forEach(row -> row.maybeStored(failure));
            }
        }
        metrics.retried();
        return false;
    }

    /** One row is at fault: halves are tried until it stands alone. */
    private void isolate(List<PendingWrite> rows, SQLException failure) {
        if (rows.size() == 1) {
            PendingWrite row = rows.get(0);
            row.fail(refusal(row, failure));
            return;
        }
        write(rows.subList(0, rows.size() / 2));
        write(rows.subList(rows.size() / 2, rows.size()));
    }

    private static ThroughlineException refusal(PendingWrite row, SQLException failure) {
        RowOperation operation = row.operation();
        String what = "PostgreSQL refused it with SQLState " + failure.getSQLState() + ": " + failure.getMessage();
        return row.mayBeStored()
                ? operation.unknown(
                        ErrorCode.DATABASE_REFUSED, what, "An earlier try got no answer: read the key.", failure)
                : operation.refused(
                        ErrorCode.DATABASE_REFUSED, what, "Correct the row, the table or the role's rights.", failure);
    }
}
