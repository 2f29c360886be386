package io.throughline.mapstore.batch;

import io.throughline.mapstore.shard.Backoff;
import io.throughline.mapstore.shard.FailureKind;
import io.throughline.mapstore.shard.ShardConnection;
import io.throughline.mapstore.shard.ShardMetrics;
import io.throughline.mapstore.shard.ShardPool;
import io.throughline.mapstore.statement.LoadStatement;
import io.throughline.mapstore.statement.MapTable;
import io.throughline.mapstore.writer.NotAllowedException;
import io.throughline.mapstore.writer.ShardWriter;
import io.throughline.mapstore.writer.WriterStamp;
import java.sql.SQLException;
import java.util.List;
import java.util.stream.Collectors;

/** Answers gathered loads with one query for each table, and asks again until it is answered or nobody waits. */
public final class BatchLoader {

    private final ShardPool pool;
    private final ShardWriter writer;
    private final ShardMetrics metrics;

    public BatchLoader(ShardPool pool, ShardWriter writer, ShardMetrics metrics) {
        this.pool = pool;
        this.writer = writer;
        this.metrics = metrics;
    }

    /** Completes every load of the batch. */
    public void load(List<PendingLoad> batch) {
        batch.stream().collect(Collectors.groupingBy(PendingLoad::table)).forEach(this::load);
    }

    private void load(MapTable table, List<PendingLoad> batch) {
        Backoff backoff = new Backoff();
        for (List<PendingLoad> loads = stillWanted(batch); !loads.isEmpty(); loads = stillWanted(loads)) {
            if (answered(table, loads)) {
                return;
            }
            backoff.pause();
        }
    }

    private static List<PendingLoad> stillWanted(List<PendingLoad> batch) {
        return batch.stream().filter(PendingLoad::beginSend).toList();
    }

    private boolean answered(MapTable table, List<PendingLoad> loads) {
        try (ShardConnection connection = pool.connect()) {
            return queried(connection, table, loads);
        } catch (SQLException notConnected) {
            loads.forEach(load -> load.notStored(notConnected));
            return false;
        }
    }

    private boolean queried(ShardConnection connection, MapTable table, List<PendingLoad> loads) {
        try {
            WriterStamp stamp = writer.mayWrite(connection.jdbc());
            if (loads.stream().anyMatch(load -> writer.owesFor(load.partition()))) {
                throw NotAllowedException.onItsWay(pool.shard());
            }
            List<String> keys = loads.stream().map(PendingLoad::key).toList();
            LoadStatement.Reply reply = new LoadStatement(table).execute(connection.jdbc(), stamp, keys);
            if (!reply.valid(stamp)) {
                writer.found(reply.writer());
                loads.forEach(load -> load.notStored(BatchFailures.epochRaised()));
                return false;
            }
            metrics.loaded(loads.size());
            loads.forEach(load -> load.found(reply.columns().get(load.key())));
            return true;
        } catch (NotAllowedException notAllowed) {
            loads.forEach(load -> load.notStored(notAllowed));
            if (notAllowed.forGood()) {
                loads.forEach(load -> load.fail(BatchFailures.notAllowed(load, notAllowed)));
            }
            return notAllowed.forGood();
        } catch (SQLException failure) {
            return settled(connection, loads, failure);
        }
    }

    private static boolean settled(ShardConnection connection, List<PendingLoad> loads, SQLException failure) {
        switch (FailureKind.of(failure)) {
            case ROW -> {
                connection.rollBack();
                loads.forEach(load -> load.fail(BatchFailures.refusedByDatabase(load, failure)));
                return true;
            }
            case NOT_STORED -> connection.rollBack();
            case MAYBE_STORED -> connection.discard();
        }
        loads.forEach(load -> load.notStored(failure));
        return false;
    }
}
