package io.throughline.mapstore.batch;

import io.throughline.mapstore.shard.ShardConnection;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The connection over which a lane's batch goes now, so that another thread can end it. Thread-safe. */
final class UnderWay {

    private static final Logger log = LoggerFactory.getLogger(UnderWay.class);

    private @Nullable ShardConnection connection;
    private boolean cutOff;

    synchronized void begin(ShardConnection now) {
        connection = now;
        cutOff = false;
    }

    /** From now on it isn't cut off any more. One that was is of no use to others. Idempotent. */
    synchronized void end() {
        if (connection != null && cutOff) {
            connection.discard();
        }
        connection = null;
    }

    /** Ends what is under way, if anything is: it fails as if its answer had got lost. Doesn't block, and doesn't throw. */
    synchronized void cutOff() {
        if (connection == null || cutOff) {
            return;
        }
        try {
            connection.abort(UnderWay::onAThreadOfItsOwn);
            cutOff = true;
        } catch (OutOfMemoryError noThread) {
            log.warn("no thread to cut a connection off, which is tried again: {}", noThread.getMessage());
        }
    }

    /** Not on one of those on which stores wait: there may be none left of them, or no pool any more. */
    private static void onAThreadOfItsOwn(Runnable task) {
        Thread thread = new Thread(task, "throughline-cut-off");
        thread.setDaemon(true);
        thread.start();
    }
}
