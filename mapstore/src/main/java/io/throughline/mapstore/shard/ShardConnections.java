package io.throughline.mapstore.shard;

import io.throughline.mapstore.config.ConnectionsConfig;
import io.throughline.mapstore.config.Credentials;
import io.throughline.mapstore.config.HostAndPort;
import io.throughline.mapstore.config.ShardConfig;
import java.util.List;
import org.postgresql.ds.PGSimpleDataSource;

/**
 * Makes the data source of a shard's primary, whichever of its hosts that is. Stateless.
 *
 * @param applicationName what {@code pg_stat_activity} shows
 */
public record ShardConnections(
        String database, Credentials credentials, ConnectionsConfig connections, String applicationName) {

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
        // What the driver remembers of a host, for the whole JVM, is older than a failover or a wrong password: one
        // failed login would hide a healthy primary from everyone else for ten seconds.
        source.setHostRecheckSeconds(0);
        source.setConnectTimeout((int) connections.connectTimeout().toSeconds());
        source.setSocketTimeout((int) connections.socketTimeout().toSeconds());
        source.setTcpKeepAlive(true);
        return source;
    }
}
