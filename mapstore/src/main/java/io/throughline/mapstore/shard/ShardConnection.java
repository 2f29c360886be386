package io.throughline.mapstore.shard;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.Executor;
import org.postgresql.PGConnection;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A connection on loan from a shard's pool. For one thread, but for {@link #abort}. */
public final class ShardConnection implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(ShardConnection.class);

    private final Connection connection;
    private final ShardPool pool;
    private final int pid;

    ShardConnection(Connection connection, ShardPool pool) throws SQLException {
        this.connection = connection;
        this.pid = connection.unwrap(PGConnection.class).getBackendPID();
        this.pool = pool;
    }

    public Connection jdbc() {
        return connection;
    }

    /**
     * Ends what a failed statement left open: a BEGIN that it brought along outlives it. The connection is discarded
     * where that fails.
     */
    public void rollBack() {
        try (Statement statement = connection.createStatement()) {
            statement.execute("ROLLBACK");
        } catch (SQLException e) {
            discard();
        }
    }

    /** The process at the other end. */
    public int backendPid() {
        return pid;
    }

    /** The answer to what was sent over this connection is lost: neither it nor its siblings can be trusted. */
    public void discard() {
        pool.evict(connection);
        pool.renewAll();
    }

    /**
     * Ends what is under way on this connection, which fails, as if the answer had got lost. For any thread.
     *
     * @param threads on one of which the socket is closed, as that may take its time
     */
    public void abort(Executor threads) {
        try {
            connection.abort(threads);
        } catch (SQLException e) {
            log.debug("aborting a connection to {}", pool.shard(), e);
        }
    }

    @Override
    public void close() {
        try {
            connection.close();
        } catch (SQLException e) {
            log.debug("closing a connection to {}", pool.shard(), e);
        }
    }
}
