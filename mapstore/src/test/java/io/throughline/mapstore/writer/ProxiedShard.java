package io.throughline.mapstore.writer;

import io.throughline.localpostgres.Node;
import io.throughline.mapstore.fixture.EmbeddedGrid;
import io.throughline.mapstore.fixture.FaultProxy;
import io.throughline.mapstore.fixture.GridDatabase;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** A grid of one member whose network to shard-1 cuts, holds back and delivers late; and a key on it, with a value. */
final class ProxiedShard implements AutoCloseable {

    private final GridDatabase database;
    final FaultProxy proxy;
    final EmbeddedGrid grid;
    final String key;

    /** @param limits the sections of throughline.yaml that say how long anything waits */
    ProxiedShard(GridDatabase database, String limits) throws IOException {
        this.database = database;
        proxy = FaultProxy.to(() -> {
            Node primary = database.shards().shard("shard-1").primary();
            return new InetSocketAddress(primary.host(), primary.port());
        });
        Map<String, List<String>> hosts = new TreeMap<>(database.hosts());
        hosts.put("shard-1", List.of(proxy.address()));
        grid = EmbeddedGrid.start(
                database,
                1,
                yaml -> "members: 1\n" + database.yaml(hosts) + "maps: {kv: {value-format: text}}\n" + limits);
        key = grid.keyOn(grid.member(0), "shard-1");
        grid.kv().set(key, "first");
    }

    List<String> row() {
        return database.query("shard-1", "SELECT value FROM kv.entries WHERE key = '" + key + "'");
    }

    @Override
    public void close() throws IOException {
        grid.close();
        proxy.close();
    }
}
