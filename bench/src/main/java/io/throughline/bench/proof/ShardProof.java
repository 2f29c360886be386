package io.throughline.bench.proof;

import io.throughline.cli.shards.NodeConnections;
import io.throughline.cli.shards.ReplicationPosition;
import io.throughline.mapstore.config.HostAndPort;
import io.throughline.mapstore.config.ShardConfig;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Compares a shard: its primary first; then each standby, once it has replayed all that the primary had. A failover, a
 * standby that is being cloned, or a node that is down is waited for up to the deadline; then what could be compared counts.
 */
final class ShardProof {

    private static final Duration PAUSE = Duration.ofMillis(250);
    private static final int ANSWER_SECONDS = 30;

    private final NodeConnections connections;
    private final ShardConfig shard;
    private final RunRows rows;
    private final Supplier<NodeCheck> checks;
    private final long deadlineNanos;
    private final Map<HostAndPort, NodeResult> compared = new LinkedHashMap<>();
    private final Map<HostAndPort, String> reasons = new LinkedHashMap<>();

    ShardProof(
            NodeConnections connections,
            ShardConfig shard,
            RunRows rows,
            Supplier<NodeCheck> checks,
            long deadlineNanos) {
        this.connections = connections;
        this.shard = shard;
        this.rows = rows;
        this.checks = checks;
        this.deadlineNanos = deadlineNanos;
    }

    ShardResult run() throws InterruptedException {
        Optional<ReplicationPosition> position = Optional.empty();
        while (true) {
            if (position.isEmpty()) {
                position = comparePrimary();
            }
            if (position.isPresent()) {
                compareStandbys(position.get());
            }
            if (compared.size() == shard.hosts().size() || System.nanoTime() - deadlineNanos > 0) {
                return result();
            }
            Thread.sleep(PAUSE.toMillis());
        }
    }

    private Optional<ReplicationPosition> comparePrimary() {
        for (HostAndPort host : shard.hosts()) {
            try (Connection connection = connections.node(host, ANSWER_SECONDS)) {
                Optional<ReplicationPosition> position = ReplicationPosition.ofPrimary(connection);
                if (position.isPresent()) {
                    compare(host, connection, true);
                    return position;
                }
                reasons.put(host, "it is a standby, and no primary was found to compare it with");
            } catch (SQLException down) {
                reasons.put(host, firstLine(down));
            }
        }
        return Optional.empty();
    }

    private void compareStandbys(ReplicationPosition position) {
        for (HostAndPort host : shard.hosts()) {
            if (compared.containsKey(host)) {
                continue;
            }
            try (Connection connection = connections.node(host, ANSWER_SECONDS)) {
                if (ReplicationPosition.ofPrimary(connection).isPresent()) {
                    reasons.put(host, "it takes itself for a primary too");
                    continue;
                }
                Optional<String> missing = position.missingOn(connection);
                if (missing.isPresent()) {
                    reasons.put(host, missing.get());
                } else {
                    compare(host, connection, false);
                }
            } catch (SQLException down) {
                reasons.put(host, firstLine(down));
            }
        }
    }

    private void compare(HostAndPort host, Connection connection, boolean primary) throws SQLException {
        NodeCheck check = checks.get();
        rows.read(connection, check::row);
        compared.put(host, check.end(host.toString(), primary));
        reasons.remove(host);
    }

    private ShardResult result() {
        List<NodeResult> primaryFirst = new ArrayList<>(compared.values());
        Map<String, String> notCompared = new LinkedHashMap<>();
        reasons.forEach((host, reason) -> notCompared.put(host.toString(), reason));
        return new ShardResult(shard.name(), primaryFirst, notCompared);
    }

    private static String firstLine(SQLException failure) {
        return String.valueOf(failure.getMessage()).lines().findFirst().orElse("no answer");
    }
}
