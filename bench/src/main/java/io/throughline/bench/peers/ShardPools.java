package io.throughline.bench.peers;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.throughline.mapstore.config.DatabaseConfig;
import io.throughline.mapstore.config.GridConfig;
import io.throughline.mapstore.config.HostAndPort;
import io.throughline.mapstore.config.ShardConfig;
import io.throughline.mapstore.direct.KeyPartition;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import org.postgresql.ds.PGSimpleDataSource;

/** A pool of connections to each shard's primary, with each key's row where Throughline has it. Thread-safe. */
public final class ShardPools implements AutoCloseable {

    private static final int PATIENCE_MILLIS = 60_000;

    private final List<HikariDataSource> pools;
    private final int partitions;

    private ShardPools(List<HikariDataSource> pools, int partitions) {
        this.pools = pools;
        this.partitions = partitions;
    }

    /** @param size connections to one shard; all are opened beforehand */
    public static ShardPools open(GridConfig config, int size) {
        return new ShardPools(
                config.shards().stream()
                        .map(shard -> pool(config.database(), shard, size))
                        .toList(),
                config.partitions());
    }

    /** A single shard's, for a store that knows one database. */
    public static HikariDataSource openOne(GridConfig config, int shard, int size) {
        return pool(config.database(), config.shards().get(shard), size);
    }

    private static HikariDataSource pool(DatabaseConfig database, ShardConfig shard, int size) {
        HikariConfig config = new HikariConfig();
        config.setPoolName(shard.name());
        config.setDataSource(primaryOf(database, shard));
        config.setMaximumPoolSize(size);
        config.setConnectionTimeout(PATIENCE_MILLIS);
        return new HikariDataSource(config);
    }

    private static PGSimpleDataSource primaryOf(DatabaseConfig database, ShardConfig shard) {
        PGSimpleDataSource source = new PGSimpleDataSource();
        source.setServerNames(shard.hosts().stream().map(HostAndPort::host).toArray(String[]::new));
        source.setPortNumbers(shard.hosts().stream().mapToInt(HostAndPort::port).toArray());
        source.setDatabaseName(database.name());
        source.setUser(database.credentials().user());
        source.setPassword(database.credentials().password().value());
        source.setTargetServerType("primary");
        return source;
    }

    public int shards() {
        return pools.size();
    }

    /** Which shard a key's row is on: partition p is on shard p mod n in a new grid. */
    public int shardOf(String key) {
        return KeyPartition.of(key, partitions) % pools.size();
    }

    public Connection connect(int shard) throws SQLException {
        return pools.get(shard).getConnection();
    }

    @Override
    public void close() {
        pools.forEach(HikariDataSource::close);
    }
}
