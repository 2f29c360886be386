package io.throughline.cli.shards;

import io.throughline.cli.folder.GridState;
import io.throughline.cli.shards.NodeState.Role;
import io.throughline.mapstore.config.HostAndPort;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Asks nodes what they are, side by side, so that one that is silent costs its own timeout only. */
public final class NodeProbe {

    private static final int ANSWER_SECONDS = 3;

    private final NodeConnections connections;

    public NodeProbe(NodeConnections connections) {
        this.connections = connections;
    }

    public static HostAndPort host(GridState.Node node) {
        int colon = node.address().lastIndexOf(':');
        return new HostAndPort(
                node.address().substring(0, colon),
                Integer.parseInt(node.address().substring(colon + 1)));
    }

    /** In the order of the nodes. */
    public List<NodeState> ask(List<GridState.Node> nodes) {
        ExecutorService pool = Executors.newFixedThreadPool(Math.max(1, nodes.size()));
        try {
            List<Future<NodeState>> answers = new ArrayList<>();
            for (GridState.Node node : nodes) {
                answers.add(pool.submit(() -> askOne(node)));
            }
            List<NodeState> states = new ArrayList<>();
            for (Future<NodeState> answer : answers) {
                states.add(answer.get());
            }
            return states;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while the nodes were asked", e);
        } catch (ExecutionException e) {
            throw new IllegalStateException("a node could not be asked", e.getCause());
        } finally {
            pool.shutdownNow();
        }
    }

    private NodeState askOne(GridState.Node node) {
        try (Connection connection = connections.node(host(node), ANSWER_SECONDS)) {
            Role role = NodeStatements.role(connection);
            return new NodeState(
                    node.name(),
                    node.address(),
                    role,
                    role == Role.PRIMARY ? NodeStatements.standbys(connection) : List.of(),
                    "");
        } catch (SQLException e) {
            return NodeState.down(node.name(), node.address(), String.valueOf(e.getMessage()));
        }
    }
}
