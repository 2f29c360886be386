package io.throughline.mapstore.batch;

import io.throughline.mapstore.shard.ShardConnection;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/** The connection over which a lane's batch goes now, so that another thread can end it. Thread-safe. */
final class UnderWay {

    private final Executor threads;
    private @Nullable ShardConnection connection;
    private boolean cutOff;

    /** @param threads on which a connection is cut off */
    UnderWay(Executor threads) {
        this.threads = threads;
    }

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

    /** Ends what is under way, if anything is: it fails as if its answer had got lost. Doesn't block. */
    synchronized void cutOff() {
        if (connection != null && !cutOff) {
            cutOff = true;
            connection.abort(threads);
        }
    }
}
