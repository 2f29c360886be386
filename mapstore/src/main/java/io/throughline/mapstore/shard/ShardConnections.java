package io.throughline.mapstore.shard;

import io.throughline.mapstore.config.ConnectionsConfig;
import io.throughline.mapstore.config.Credentials;
import io.throughline.mapstore.config.HostAndPort;
import io.throughline.mapstore.config.ShardConfig;
import java.nio.file.Path;
import java.util.List;
import org.postgresql.ds.PGSimpleDataSource;

/**
 * Makes the data source of a shard's primary, whichever of its hosts that is. Stateless.
 *
 * @param applicationName what {@code pg_stat_activity} shows
 */
public record ShardConnections(
        String database, Credentials credentials, ConnectionsConfig connections, String applicationName) {

    // The driver remembers for the whole JVM which hosts failed and which were standbys. Without that memory a machine
    // that is gone costs each new connection its connect-timeout; with the driver's ten seconds a host that came back,
    // or was promoted, is passed over for longer than a failover takes. A stale memory costs one failed connect
    // (SQLState 08001) that the next one doesn't repeat.
    private static final int HOST_MEMORY_SECONDS = 2;

    /** Each connection that it opens is to the host that is primary then. Opens none itself. */
    public PGSimpleDataSource primaryOf(ShardConfig shard) {
        PGSimpleDataSource source = source(shard.hosts());
        source.setTargetServerType("primary");
        return source;
    }

    /** To this one host, be it primary or standby. Opens no connection itself. */
    public PGSimpleDataSource host(HostAndPort host) {
        return source(List.of(host));
    }

    private PGSimpleDataSource source(List<HostAndPort> hosts) {
        PGSimpleDataSource source = new PGSimpleDataSource();
        source.setServerNames(hosts.stream().map(HostAndPort::host).toArray(String[]::new));
        source.setPortNumbers(hosts.stream().mapToInt(HostAndPort::port).toArray());
        source.setDatabaseName(database);
        source.setUser(credentials.user());
        source.setPassword(credentials.password().value());
        source.setApplicationName(applicationName);
        source.setHostRecheckSeconds(HOST_MEMORY_SECONDS);
        source.setConnectTimeout((int) connections.connectTimeout().toSeconds());
        source.setSslResponseTimeout((int) connections.connectTimeout().toMillis());
        source.setSocketTimeout((int) connections.socketTimeout().toSeconds());
        source.setTcpKeepAlive(true);
        source.setSocketFactory(LingeringSocketFactory.class.getName());
        source.setSslMode(connections.tls().sslmode());
        Path rootCertificate = connections.rootCertificate();
        if (rootCertificate != null) {
            source.setSslRootCert(rootCertificate.toString());
        }
        return source;
    }
}
