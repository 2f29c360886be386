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
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Answers gathered loads with one query for each table, and asks again until it is answered or nobody waits. */
final class BatchLoader implements LaneWork<PendingLoad> {

    private final ShardPool pool;
    private final ShardWriter writer;
    private final ShardMetrics metrics;

    BatchLoader(ShardPool pool, ShardWriter writer, ShardMetrics metrics) {
        this.pool = pool;
        this.writer = writer;
        this.metrics = metrics;
    }

    /** Gives back what has to wait for its partition: it must not keep the others waiting. */
    @Override
    public List<PendingLoad> apply(List<PendingLoad> batch) {
        List<PendingLoad> later = new ArrayList<>();
        batch.stream()
                .collect(Collectors.groupingBy(PendingLoad::table))
                .forEach((table, loads) -> later.addAll(load(table, loads)));
        return later;
    }

    private List<PendingLoad> load(MapTable table, List<PendingLoad> batch) {
        Backoff backoff = new Backoff();
        for (List<PendingLoad> loads = stillWanted(batch); !loads.isEmpty(); loads = stillWanted(loads)) {
            Try tried = send(table, loads);
            if (tried == Try.ENDED) {
                return loads.stream().filter(PendingLoad::wanted).toList();
            }
            if (tried == Try.FAILED) {
                backoff.pause();
            }
        }
        return List.of();
    }

    private static List<PendingLoad> stillWanted(List<PendingLoad> batch) {
        return batch.stream().filter(PendingLoad::beginSend).toList();
    }

    private Try send(MapTable table, List<PendingLoad> loads) {
        try (ShardConnection connection = pool.connect()) {
            return query(connection, table, loads);
        } catch (SQLException notConnected) {
            loads.forEach(load -> load.notStored(notConnected));
            return Try.FAILED;
        }
    }

    /** What has to wait counts as ended. */
    private Try query(ShardConnection connection, MapTable table, List<PendingLoad> gathered) {
        List<PendingLoad> loads = gathered;
        try {
            WriterStamp stamp = writer.mayWrite(connection.jdbc());
            loads = owedNothing(gathered);
            if (loads.isEmpty()) {
                return Try.ENDED;
            }
            List<String> keys = loads.stream().map(PendingLoad::key).toList();
            LoadStatement.Reply reply = new LoadStatement(table).execute(connection.jdbc(), stamp, keys);
            if (!reply.valid(stamp)) {
                writer.found(reply.writer());
                loads.forEach(load -> load.notStored(BatchFailures.epochRaised()));
                return Try.EPOCH_RAISED;
            }
            metrics.loaded(loads.size());
            loads.forEach(load -> load.found(reply.columns().get(load.key())));
            return Try.ENDED;
        } catch (NotAllowedException notAllowed) {
            loads.forEach(load -> load.notStored(notAllowed));
            if (notAllowed.forGood()) {
                loads.forEach(load -> load.fail(BatchFailures.notAllowed(load, notAllowed)));
            }
            return notAllowed.forGood() ? Try.ENDED : Try.FAILED;
        } catch (SQLException failure) {
            return settled(connection, loads, failure);
        }
    }

    /** Those for whose partitions nothing is owed any more. */
    private List<PendingLoad> owedNothing(List<PendingLoad> loads) {
        Map<Boolean, List<PendingLoad>> byOwed =
                loads.stream().collect(Collectors.partitioningBy(load -> writer.owesFor(load.partition())));
        byOwed.getOrDefault(true, List.of())
                .forEach(load -> load.notStored(NotAllowedException.onItsWay(pool.shard())));
        return byOwed.getOrDefault(false, List.of());
    }

    private static Try settled(ShardConnection connection, List<PendingLoad> loads, SQLException failure) {
        switch (FailureKind.of(failure)) {
            case ROW -> {
                connection.rollBack();
                loads.forEach(load -> load.fail(BatchFailures.refusedByDatabase(load, failure)));
                return Try.ENDED;
            }
            case NOT_STORED -> connection.rollBack();
            case MAYBE_STORED -> connection.discard();
        }
        loads.forEach(load -> load.notStored(failure));
        return Try.FAILED;
    }
}
