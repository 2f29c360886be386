package io.throughline.cli.audit;

import io.throughline.cli.shards.NodeConnections;
import io.throughline.cli.shards.NodeState.Role;
import io.throughline.cli.shards.NodeStatements;
import io.throughline.cli.shards.ReplicationPosition;
import io.throughline.mapstore.config.HostAndPort;
import io.throughline.mapstore.config.ShardConfig;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The nodes of one shard, kept connected. A failover is gone along with; a standby that stays down or behind for longer than
 * the patience is left out from then on, with the reason. Not thread-safe.
 */
final class ShardNodes implements AutoCloseable {

    private static final int ANSWER_SECONDS = 60;
    private static final Duration FAILOVER = Duration.ofSeconds(30);
    private static final long REPLAY_NANOS = 2_000_000L;
    private static final long RECONNECT_NANOS = 250_000_000L;

    /** Asks one node. */
    @FunctionalInterface
    interface Query<T> {
        T ask(Connection connection) throws SQLException;
    }

    private final NodeConnections connections;
    private final ShardConfig shard;
    private final Function<HostAndPort, String> names;
    private final Duration patience;
    private final Map<HostAndPort, Connection> standbys = new LinkedHashMap<>();
    private final Map<String, String> leftOut = new LinkedHashMap<>();
    private @Nullable Connection primary;

    /** @param patience for each standby */
    ShardNodes(NodeConnections connections, ShardConfig shard, Function<HostAndPort, String> names, Duration patience) {
        this.connections = connections;
        this.shard = shard;
        this.names = names;
        this.patience = patience;
    }

    String shard() {
        return shard.name();
    }

    /** Why nodes were left out, by their names. */
    Map<String, String> leftOut() {
        return leftOut;
    }

    /** Asks the primary, and again where that failed: a new primary may be on its way. */
    <T> T onPrimary(Query<T> query) throws SQLException {
        long deadline = System.nanoTime() + FAILOVER.toNanos();
        while (true) {
            try {
                return query.ask(primary());
            } catch (SQLException e) {
                close();
                if (System.nanoTime() - deadline > 0 || Thread.currentThread().isInterrupted()) {
                    throw e;
                }
            }
        }
    }

    private Connection primary() throws SQLException {
        Connection open = primary;
        if (open == null) {
            open = connections.primary(shard, ANSWER_SECONDS, FAILOVER);
            primary = open;
        }
        return open;
    }

    /** Where the primary's log ends: whatever it has shown before is in it. */
    ReplicationPosition position() throws SQLException {
        return onPrimary(connection -> ReplicationPosition.ofPrimary(connection)
                .orElseThrow(() -> new SQLException("the primary of " + shard() + " has become a standby")));
    }

    /** Asks each standby as soon as it has replayed up to the position; its answer by its name. */
    <T> Map<String, T> onStandbys(ReplicationPosition position, Query<T> query) {
        Map<String, T> answers = new LinkedHashMap<>();
        for (HostAndPort host : shard.hosts()) {
            String name = names.apply(host);
            if (!leftOut.containsKey(name)) {
                askPatiently(host, name, position, query).ifPresent(answer -> answers.put(name, answer));
            }
        }
        return answers;
    }

    private <T> Optional<T> askPatiently(HostAndPort host, String name, ReplicationPosition position, Query<T> query) {
        long deadline = System.nanoTime() + patience.toNanos();
        while (true) {
            String reason;
            long pause = REPLAY_NANOS;
            try {
                Connection connection = standby(host);
                if (NodeStatements.role(connection) == Role.PRIMARY) {
                    return Optional.empty();
                }
                Optional<String> missing = position.missingOn(connection);
                if (missing.isEmpty()) {
                    return Optional.of(query.ask(connection));
                }
                reason = "behind: " + missing.get();
            } catch (SQLException e) {
                reason = String.valueOf(e.getMessage()).lines().findFirst().orElse("no answer");
                pause = RECONNECT_NANOS;
                forget(host);
            }
            if (System.nanoTime() - deadline > 0 || Thread.currentThread().isInterrupted()) {
                leftOut.put(name, reason);
                return Optional.empty();
            }
            LockSupport.parkNanos(pause);
        }
    }

    private Connection standby(HostAndPort host) throws SQLException {
        Connection open = standbys.get(host);
        if (open == null) {
            open = connections.node(host, ANSWER_SECONDS);
            standbys.put(host, open);
        }
        return open;
    }

    private void forget(HostAndPort host) {
        Connection gone = standbys.remove(host);
        if (gone != null) {
            end(gone);
        }
    }

    /** Ends all connections; the next question opens new ones. */
    @Override
    public void close() {
        standbys.values().forEach(ShardNodes::end);
        standbys.clear();
        if (primary != null) {
            end(primary);
            primary = null;
        }
    }

    private static void end(Connection connection) {
        try {
            connection.close();
        } catch (SQLException gone) {
            return; // it was lost before
        }
    }
}
