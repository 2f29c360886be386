package io.throughline.client;

import io.throughline.mapstore.config.FallbackConfig;
import java.time.Duration;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A client's direct operations on one shard: as many at a time as there are connections, and a bounded number that wait, so
 * that a slow cache can't become a storm on PostgreSQL. Thread-safe.
 */
final class DirectLane implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(DirectLane.class);

    private final String shard;
    private final int limit;
    private final Duration patience;
    private final ThreadPoolExecutor threads;

    DirectLane(String shard, FallbackConfig config) {
        this.shard = shard;
        this.limit = config.queueLimit();
        this.patience = config.directTimeout().plusSeconds(5);
        this.threads = new ThreadPoolExecutor(
                config.connections(),
                config.connections(),
                10,
                TimeUnit.SECONDS,
                new LinkedBlockingQueue<>(limit),
                task -> {
                    Thread thread = new Thread(task, "throughline-direct-" + shard);
                    thread.setDaemon(true);
                    return thread;
                });
        threads.allowCoreThreadTimeOut(true);
    }

    String shard() {
        return shard;
    }

    int waiting() {
        return threads.getQueue().size();
    }

    /** False where too many wait already. */
    boolean offer(Runnable operation) {
        try {
            threads.execute(operation);
            return true;
        } catch (RejectedExecutionException full) {
            return false;
        }
    }

    /** What an operation that was not let in says. */
    String overloaded() {
        return threads.isShutdown()
                ? "this client has been closed"
                : limit + " operations of this client wait for " + shard + " already, which is fallback.queue-limit";
    }

    /** Lets in no more, and returns when what was let in has its outcome. */
    @Override
    public void close() {
        threads.shutdown();
        try {
            if (!threads.awaitTermination(patience.toMillis(), TimeUnit.MILLISECONDS)) {
                log.warn("operations on {} have not ended within {} s", shard, patience.toSeconds());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
