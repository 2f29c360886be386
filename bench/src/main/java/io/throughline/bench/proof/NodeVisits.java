package io.throughline.bench.proof;

import io.throughline.cli.shards.NodeConnections;
import io.throughline.cli.shards.ReplicationPosition;
import io.throughline.mapstore.config.HostAndPort;
import io.throughline.mapstore.config.ShardConfig;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Looks once at each node of a shard: its primary first; then each standby, once it has replayed all that the primary had. A
 * failover, a standby that is being cloned, or a node that is down is waited for up to the deadline; then what could be looked
 * at counts.
 */
public final class NodeVisits<T> {

    private static final Duration PAUSE = Duration.ofMillis(250);
    private static final int ANSWER_SECONDS = 30;

    /** What is done at a node. */
    public interface Visit<T> {
        T at(HostAndPort host, boolean primary, Connection connection) throws SQLException;
    }

    /**
     * What became of it.
     *
     * @param seen the primary first
     * @param missed nodes that could not be looked at, with the reason
     */
    public record Outcome<T>(Map<HostAndPort, T> seen, Map<HostAndPort, String> missed) {}

    private final NodeConnections connections;
    private final ShardConfig shard;
    private final Visit<T> visit;
    private final long deadlineNanos;
    private final Map<HostAndPort, T> seen = new LinkedHashMap<>();
    private final Map<HostAndPort, String> missed = new LinkedHashMap<>();

    /** @param deadlineNanos by {@link System#nanoTime} */
    public NodeVisits(NodeConnections connections, ShardConfig shard, Visit<T> visit, long deadlineNanos) {
        this.connections = connections;
        this.shard = shard;
        this.visit = visit;
        this.deadlineNanos = deadlineNanos;
    }

    public Outcome<T> run() throws InterruptedException {
        Optional<ReplicationPosition> position = Optional.empty();
        while (true) {
            if (position.isEmpty()) {
                position = visitPrimary();
            }
            if (position.isPresent()) {
                visitStandbys(position.get());
            }
            if (seen.size() == shard.hosts().size() || System.nanoTime() - deadlineNanos > 0) {
                return new Outcome<>(seen, missed);
            }
            Thread.sleep(PAUSE.toMillis());
        }
    }

    private Optional<ReplicationPosition> visitPrimary() {
        for (HostAndPort host : shard.hosts()) {
            try (Connection connection = connections.node(host, ANSWER_SECONDS)) {
                Optional<ReplicationPosition> position = ReplicationPosition.ofPrimary(connection);
                if (position.isPresent()) {
                    visit(host, connection, true);
                    return position;
                }
                missed.put(host, "it is a standby, and no primary was found to compare it with");
            } catch (SQLException down) {
                missed.put(host, firstLine(down));
            }
        }
        return Optional.empty();
    }

    private void visitStandbys(ReplicationPosition position) {
        for (HostAndPort host : shard.hosts()) {
            if (seen.containsKey(host)) {
                continue;
            }
            try (Connection connection = connections.node(host, ANSWER_SECONDS)) {
                if (ReplicationPosition.ofPrimary(connection).isPresent()) {
                    missed.put(host, "it takes itself for a primary too");
                    continue;
                }
                Optional<String> missing = position.missingOn(connection);
                if (missing.isPresent()) {
                    missed.put(host, missing.get());
                } else {
                    visit(host, connection, false);
                }
            } catch (SQLException down) {
                missed.put(host, firstLine(down));
            }
        }
    }

    private void visit(HostAndPort host, Connection connection, boolean primary) throws SQLException {
        seen.put(host, visit.at(host, primary, connection));
        missed.remove(host);
    }

    private static String firstLine(SQLException failure) {
        return String.valueOf(failure.getMessage()).lines().findFirst().orElse("no answer");
    }
}
