package io.throughline.mapstore.writer;

import io.throughline.mapstore.shard.ShardConnection;
import io.throughline.mapstore.shard.ShardPool;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps one shard's knowledge of this member fresh, and fences members that left without waiting for a store that needs
 * it; at the end this member itself, where it leaves in order. A thread for each shard, since one shard's trouble must
 * stay its own.
 */
public final class WriterKeeper {

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
    private final BooleanSupplier leftInOrder;
    private final CountDownLatch ended = new CountDownLatch(1);
    private final Thread thread;

    /**
     * @param joined whether the member has joined: before, its list says nothing, and nobody else's shows it
     * @param leftInOrder asked when this ends
     */
    public WriterKeeper(ShardPool pool, ShardWriter writer, BooleanSupplier joined, BooleanSupplier leftInOrder) {
        this.joined = joined;
        this.leftInOrder = leftInOrder;
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
            } while (!ended.await(pause().toMillis(), TimeUnit.MILLISECONDS));
            if (leftInOrder.getAsBoolean()) {
                leave();
            }
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
        try {
            ask(connection -> {
                writer.refresh(connection);
                WriterSql.purge(connection, RETENTION);
            });
        } catch (SQLException e) {
            log.debug("refreshing this writer on {}: {}", pool.shard(), e.getMessage());
        }
    }

    /** Where it fails, members that stay fence this one as any that left, and one that starts watches it for a while. */
    private void leave() {
        try {
            ask(writer::leave);
        } catch (SQLException e) {
            log.info("left {} without having fenced itself there: {}", pool.shard(), e.getMessage());
        }
    }

    @FunctionalInterface
    private interface Question {
        void to(Connection connection) throws SQLException;
    }

    private void ask(Question question) throws SQLException {
        try (ShardConnection connection = pool.connect()) {
            try {
                question.to(connection.jdbc());
            } catch (SQLException e) {
                connection.rollBack();
                throw e;
            }
        }
    }

    /** Once this member has nothing left to send. The rest is done in the background. */
    public void end() {
        ended.countDown();
    }

    /** Waits for the rest, but no longer than given: the shard may not answer. */
    public void awaitEnd(Duration patience) {
        try {
            thread.join(Math.max(1, patience.toMillis())); // 0 would be for ever
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
