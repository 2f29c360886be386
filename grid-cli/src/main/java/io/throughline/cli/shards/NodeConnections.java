package io.throughline.cli.shards;

import io.throughline.mapstore.config.ConnectionsConfig;
import io.throughline.mapstore.config.DatabaseConfig;
import io.throughline.mapstore.config.GridConfig;
import io.throughline.mapstore.config.HostAndPort;
import io.throughline.mapstore.config.ShardConfig;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import org.postgresql.ds.PGSimpleDataSource;

/** Connections that only read, with the role that the members have. Stateless. */
public record NodeConnections(DatabaseConfig database, ConnectionsConfig limits) {

    private static final int CONNECT_SECONDS = 2;
    private static final long PAUSE_NANOS = 250_000_000L;

    public static NodeConnections of(GridConfig config) {
        return new NodeConnections(config.database(), config.connections());
    }

    /** To one node, whatever it is to its shard. */
    public Connection node(HostAndPort host, int answerSeconds) throws SQLException {
        return open(List.of(host), "any", answerSeconds);
    }

    /** To whichever host is primary now. */
    public Connection primary(ShardConfig shard, int answerSeconds) throws SQLException {
        return open(shard.hosts(), "primary", answerSeconds);
    }

    /** Waits for a primary while a shard has none, as in a failover. */
    public Connection primary(ShardConfig shard, int answerSeconds, Duration patience) throws SQLException {
        long deadline = System.nanoTime() + patience.toNanos();
        while (true) {
            try {
                return primary(shard, answerSeconds);
            } catch (SQLException e) {
                if (System.nanoTime() - deadline > 0 || Thread.currentThread().isInterrupted()) {
                    throw e;
                }
                LockSupport.parkNanos(PAUSE_NANOS);
            }
        }
    }

    private Connection open(List<HostAndPort> hosts, String which, int answerSeconds) throws SQLException {
        PGSimpleDataSource source = new PGSimpleDataSource();
        source.setServerNames(hosts.stream().map(HostAndPort::host).toArray(String[]::new));
        source.setPortNumbers(hosts.stream().mapToInt(HostAndPort::port).toArray());
        source.setDatabaseName(database.name());
        source.setUser(database.credentials().user());
        source.setPassword(database.credentials().password().value());
        source.setApplicationName("throughline grid");
        source.setTargetServerType(which);
        source.setHostRecheckSeconds(0);
        source.setConnectTimeout(CONNECT_SECONDS);
        source.setSocketTimeout(answerSeconds);
        source.setReadOnly(true);
        source.setSslMode(limits.tls().sslmode());
        Path rootCertificate = limits.rootCertificate();
        if (rootCertificate != null) {
            source.setSslRootCert(rootCertificate.toString());
        }
        return source.getConnection();
    }
}
