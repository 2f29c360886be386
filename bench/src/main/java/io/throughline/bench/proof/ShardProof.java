package io.throughline.bench.proof;

import io.throughline.cli.shards.NodeConnections;
import io.throughline.mapstore.config.HostAndPort;
import io.throughline.mapstore.config.ShardConfig;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;

/** Compares a shard's nodes with what was acknowledged. */
record ShardProof(
        NodeConnections connections, ShardConfig shard, RunRows rows, Supplier<NodeCheck> checks, long deadlineNanos) {

    ShardResult run() throws InterruptedException {
        NodeVisits.Outcome<NodeResult> nodes = new NodeVisits<>(connections, shard, this::compare, deadlineNanos).run();
        Map<String, String> notCompared = new LinkedHashMap<>();
        nodes.missed().forEach((host, reason) -> notCompared.put(host.toString(), reason));
        return new ShardResult(shard.name(), new ArrayList<>(nodes.seen().values()), notCompared);
    }

    private NodeResult compare(HostAndPort host, boolean primary, Connection connection) throws SQLException {
        NodeCheck check = checks.get();
        rows.read(connection, check::row);
        return check.end(host.toString(), primary);
    }
}
