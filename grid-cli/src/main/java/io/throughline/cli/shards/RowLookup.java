package io.throughline.cli.shards;

import io.throughline.cli.CommandFailed;
import io.throughline.cli.ExitCode;
import io.throughline.cli.folder.GridState;
import io.throughline.mapstore.config.GridConfig;
import io.throughline.mapstore.config.GridMapConfig;
import io.throughline.mapstore.config.ShardConfig;
import io.throughline.mapstore.config.ValueFormat;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** Finds a key's row on every node of its shard. */
public final class RowLookup {

    private static final int ANSWER_SECONDS = 5;

    private final GridConfig config;
    private final GridMapConfig map;
    private final NodeConnections connections;

    public RowLookup(GridConfig config, GridMapConfig map) {
        this.config = config;
        this.map = map;
        this.connections = NodeConnections.of(config);
    }

    /**
     * What one node has.
     *
     * @param remark why there is no row
     */
    public record Found(Optional<RowCopy> row, String remark) {}

    /** As shard_map says, which is the same on every shard. */
    public String shardOf(int partition) {
        SQLException failure = null;
        for (ShardConfig shard : config.shards()) {
            try (Connection connection = connections.primary(shard, ANSWER_SECONDS)) {
                return NodeStatements.shardOf(connection, partition);
            } catch (SQLException e) {
                failure = e;
            }
        }
        throw new CommandFailed(
                ExitCode.FAILED,
                "No shard tells whose partition " + partition + " is: "
                        + (failure == null ? "there is none" : failure.getMessage()),
                failure);
    }

    /** By the node's name. */
    public Map<String, Found> rows(GridState state, String shard, String key) {
        Map<String, Found> rows = new LinkedHashMap<>();
        state.shards().stream()
                .filter(candidate -> candidate.name().equals(shard))
                .flatMap(candidate -> candidate.nodes().stream())
                .forEach(node -> rows.put(node.name(), row(node, key)));
        return rows;
    }

    private Found row(GridState.Node node, String key) {
        try (Connection connection = connections.node(NodeProbe.host(node), ANSWER_SECONDS)) {
            Optional<RowCopy> row =
                    NodeStatements.row(connection, map.table(), map.valueFormat() == ValueFormat.BINARY, key);
            return new Found(row, row.isPresent() ? "" : "no row");
        } catch (SQLException e) {
            return new Found(Optional.empty(), "can't be read: " + e.getMessage());
        }
    }
}
