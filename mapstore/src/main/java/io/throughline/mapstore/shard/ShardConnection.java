package io.throughline.mapstore.shard;

import java.sql.Connection;
import java.sql.SQLException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A connection on loan from a shard's pool. For one thread. */
public final class ShardConnection implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(ShardConnection.class);

    private final Connection connection;
    private final ShardPool pool;

    ShardConnection(Connection connection, ShardPool pool) {
        this.connection = connection;
        this.pool = pool;
    }

    public Connection jdbc() {
        return connection;
    }

    /** The answer to what was sent over this connection is lost: neither it nor its siblings can be trusted. */
    public void discard() {
        pool.evict(connection);
        pool.renewAll();
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
