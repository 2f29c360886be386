package io.throughline.mapstore.batch;

import io.throughline.mapstore.ErrorCode;
import io.throughline.mapstore.shard.ShardConnection;
import io.throughline.mapstore.shard.ShardMetrics;
import io.throughline.mapstore.shard.ShardPool;
import io.throughline.mapstore.statement.LoadStatement;
import io.throughline.mapstore.statement.MapTable;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Answers gathered loads with one query for each table, and asks again until it is answered or nobody waits. */
public final class BatchLoader {

    private final ShardPool pool;
    private final ShardMetrics metrics;

    public BatchLoader(ShardPool pool, ShardMetrics metrics) {
        this.pool = pool;
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
            List<String> keys = loads.stream().map(PendingLoad::key).toList();
            Map<String, Object> columns = LoadStatement.of(table).execute(connection.jdbc(), keys);
            metrics.loaded(loads.size());
            loads.forEach(load -> load.found(columns.get(load.key())));
            return true;
        } catch (SQLException failure) {
            if (FailureKind.of(failure) == FailureKind.ROW) {
                loads.forEach(load -> load.fail(load.operation()
                        .refused(
                                ErrorCode.DATABASE_REFUSED,
                                "PostgreSQL refused the query with SQLState " + failure.getSQLState() + ": "
                                        + failure.getMessage(),
                                "Correct the table or the role's rights.",
                                failure)));
                return true;
            }
            connection.discard();
            loads.forEach(load -> load.notStored(failure));
            return false;
        }
    }
}
