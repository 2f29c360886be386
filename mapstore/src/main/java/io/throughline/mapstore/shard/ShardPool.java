package io.throughline.mapstore.shard;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import com.zaxxer.hikari.HikariPoolMXBean;
import com.zaxxer.hikari.metrics.micrometer.MicrometerMetricsTrackerFactory;
import io.micrometer.core.instrument.MeterRegistry;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** Connections to the primary of one shard. Opens them in the background; thread-safe. */
public final class ShardPool implements AutoCloseable {

    private final String shard;
    private final HikariDataSource pool;

    /**
     * @param primary opens connections to whichever host is primary
     * @param idle connections that it keeps while there is nothing to do
     * @param size connections at most
     * @param patience how long {@link #connect} waits for one
     */
    public ShardPool(String shard, DataSource primary, int idle, int size, Duration patience, MeterRegistry meters) {
        this.shard = shard;
        HikariConfig config = new HikariConfig();
        config.setPoolName(shard);
        config.setDataSource(primary);
        config.setMaximumPoolSize(size);
        config.setMinimumIdle(idle);
        config.setConnectionTimeout(patience.toMillis());
        config.setValidationTimeout(Math.min(patience.toMillis(), 1_000));
        // A shard that is down must not keep its member from starting to serve the others.
        config.setInitializationFailTimeout(-1);
        config.setExceptionOverride(new ReadOnlyLeaves());
        config.setMetricsTrackerFactory(new MicrometerMetricsTrackerFactory(meters));
        this.pool = new HikariDataSource(config);
    }

    public String shard() {
        return shard;
    }

    /** @throws SQLException if no connection to a primary is to be had within the pool's patience */
    public ShardConnection connect() throws SQLException {
        return new ShardConnection(pool.getConnection(), this);
    }

    /** Closes the connections that are idle now, and the others when they come back: they lead to a lost primary. */
    void renewAll() {
        @Nullable HikariPoolMXBean connections = pool.getHikariPoolMXBean();
        if (connections != null) {
            connections.softEvictConnections();
        }
    }

    void evict(Connection connection) {
        pool.evictConnection(connection);
    }

    @Override
    public void close() {
        pool.close();
    }
}
