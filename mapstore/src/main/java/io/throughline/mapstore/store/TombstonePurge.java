package io.throughline.mapstore.store;

import io.throughline.mapstore.shard.ShardConnection;
import io.throughline.mapstore.shard.ShardPool;
import io.throughline.mapstore.statement.MapTable;
import io.throughline.mapstore.statement.PurgeStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Removes the tombstones that are older than {@code attempts.tombstone-retention} from every shard; the oldest member does
 * it for all. Looks at each table a few times in that span, slice by slice.
 */
final class TombstonePurge implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(TombstonePurge.class);
    private static final int LOOKS_A_RETENTION = 4;
    private static final Duration BETWEEN_SLICES = Duration.ofMillis(50);

    private final List<ShardPool> pools;
    private final List<MapTable> tables;
    private final Duration retention;
    private final BooleanSupplier ours;
    private final CountDownLatch closed = new CountDownLatch(1);

    /** @param ours whether it is this member that does it now */
    TombstonePurge(List<ShardPool> pools, List<MapTable> tables, Duration retention, BooleanSupplier ours) {
        this.pools = pools;
        this.tables = tables;
        this.retention = retention;
        this.ours = ours;
    }

    void start() {
        Thread thread = new Thread(this::run, "throughline-purge");
        thread.setDaemon(true);
        thread.start();
    }

    private void run() {
        while (!ended(retention.dividedBy(LOOKS_A_RETENTION))) {
            if (ours.getAsBoolean()) {
                purge();
            }
        }
    }

    /** @return how many there were */
    int purge() {
        int purged = 0;
        for (ShardPool pool : pools) {
            for (MapTable table : tables) {
                purged += purge(pool, new PurgeStatement(table));
            }
        }
        return purged;
    }

    private int purge(ShardPool pool, PurgeStatement statement) {
        int purged = 0;
        try {
            long pages = pages(pool, statement);
            for (long page = 0; page < pages; page = PurgeStatement.next(page)) {
                try (ShardConnection connection = pool.connect()) {
                    purged += statement.purge(connection.jdbc(), page, retention);
                }
                if (ended(BETWEEN_SLICES)) {
                    break;
                }
            }
        } catch (SQLException e) {
            log.debug(
                    "tombstones of {} on {} stay until the next look",
                    statement.table().map(),
                    pool.shard(),
                    e);
        }
        return purged;
    }

    private static long pages(ShardPool pool, PurgeStatement statement) throws SQLException {
        try (ShardConnection connection = pool.connect()) {
            return statement.pages(connection.jdbc());
        }
    }

    private boolean ended(Duration within) {
        try {
            return closed.await(within.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return true;
        }
    }

    @Override
    public void close() {
        closed.countDown();
    }
}
