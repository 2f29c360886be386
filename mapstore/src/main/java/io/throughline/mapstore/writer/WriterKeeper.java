package io.throughline.mapstore.writer;

import io.throughline.mapstore.shard.ShardConnection;
import io.throughline.mapstore.shard.ShardPool;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps one shard's knowledge of this member fresh, and fences members that left without waiting for a store that needs
 * it. A thread for each shard, since one shard's trouble must stay its own.
 */
public final class WriterKeeper implements AutoCloseable {

    /** How often a living writer says so. */
    static final Duration INTERVAL = Duration.ofSeconds(2);

    /** A member that starts waits for the first look at who else is there. */
    private static final Duration INTERVAL_AT_START = Duration.ofMillis(200);

    /** Fenced writers are kept for long, for a fence is what keeps a sleeper from registering for the first time. */
    private static final Duration RETENTION = Duration.ofDays(30);

    private static final Logger log = LoggerFactory.getLogger(WriterKeeper.class);

    private final ShardPool pool;
    private final ShardWriter writer;
    private final BooleanSupplier joined;
    private final CountDownLatch closed = new CountDownLatch(1);
    private final Thread thread;

    /** @param joined whether the member has joined: before, its list says nothing, and nobody else's shows it */
    public WriterKeeper(ShardPool pool, ShardWriter writer, BooleanSupplier joined) {
        this.joined = joined;
        this.pool = pool;
        this.writer = writer;
        this.thread = new Thread(this::run, "throughline-" + pool.shard() + "-writer");
        thread.setDaemon(true);
        thread.start();
    }

    private void run() {
        try {
            do {
                refresh();
            } while (!closed.await(pause().toMillis(), TimeUnit.MILLISECONDS));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private Duration pause() {
        return writer.startJudged() ? INTERVAL : INTERVAL_AT_START;
    }

    private void refresh() {
        if (!joined.getAsBoolean()) {
            return;
        }
        try (ShardConnection connection = pool.connect()) {
            try {
                writer.refresh(connection.jdbc());
                WriterSql.purge(connection.jdbc(), RETENTION);
            } catch (SQLException e) {
                connection.rollBack();
                throw e;
            }
        } catch (SQLException e) {
            log.debug("refreshing this writer on {}: {}", pool.shard(), e.getMessage());
        }
    }

    @Override
    public void close() {
        closed.countDown();
        try {
            thread.join(INTERVAL.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
