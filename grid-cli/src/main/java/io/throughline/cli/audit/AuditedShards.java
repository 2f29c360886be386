package io.throughline.cli.audit;

import io.throughline.cli.CommandFailed;
import io.throughline.cli.ExitCode;
import io.throughline.cli.RunningGrid;
import io.throughline.cli.folder.GridState;
import io.throughline.cli.shards.NodeConnections;
import io.throughline.mapstore.config.GridConfig;
import io.throughline.mapstore.config.HostAndPort;
import io.throughline.mapstore.config.ShardConfig;
import java.sql.SQLException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The shards of a grid; one that can't be read is left out, with the reason. Not thread-safe. */
final class AuditedShards implements AutoCloseable {

    private final Map<String, ShardNodes> nodes = new LinkedHashMap<>();
    private final Map<String, String> leftOut = new LinkedHashMap<>();
    private final Map<Integer, String> owners;

    /** @throws CommandFailed if no shard tells whose the partitions are */
    AuditedShards(RunningGrid grid, Duration patience) {
        GridConfig config = grid.config();
        for (ShardConfig shard : config.shards()) {
            nodes.put(
                    shard.name(),
                    new ShardNodes(
                            NodeConnections.of(config),
                            shard,
                            host -> name(grid.state(), shard.name(), host),
                            patience));
        }
        this.owners = readOwners();
    }

    private static String name(GridState state, String shard, HostAndPort host) {
        return state.shards().stream()
                .flatMap(known -> known.nodes().stream())
                .filter(node -> node.address().equals(host.toString()))
                .map(GridState.Node::name)
                .findFirst()
                .orElse(shard + "/" + host);
    }

    private Map<Integer, String> readOwners() {
        Map<Integer, String> read = Map.of();
        for (ShardNodes shard : List.copyOf(nodes.values())) {
            try {
                read = shard.onPrimary(RowQueries::owners);
            } catch (SQLException e) {
                leaveOut(shard, e);
            }
        }
        if (read.isEmpty()) {
            throw new CommandFailed(
                    ExitCode.FAILED, "No shard can be read: " + leftOut + ". './grid status' shows what runs.");
        }
        return read;
    }

    /** From now on. */
    void leaveOut(ShardNodes shard, SQLException reason) {
        leftOut.put(
                shard.shard(),
                String.valueOf(reason.getMessage()).lines().findFirst().orElse("no answer"));
        nodes.remove(shard.shard());
        shard.close();
    }

    /** It stays, with what was compared of it. */
    void cutShort(ShardNodes shard, String reason) {
        leftOut.put(shard.shard(), reason);
    }

    /** Which shard owns each partition. */
    Map<Integer, String> owners() {
        return owners;
    }

    List<ShardNodes> all() {
        return List.copyOf(nodes.values());
    }

    /** Empty where it is left out. */
    Optional<ShardNodes> owner(int partition) {
        return Optional.ofNullable(nodes.get(owners.getOrDefault(partition, "")));
    }

    /** Shards and nodes, by their names. */
    Map<String, String> leftOut() {
        Map<String, String> all = new LinkedHashMap<>(leftOut);
        nodes.values().forEach(shard -> all.putAll(shard.leftOut()));
        return all;
    }

    @Override
    public void close() {
        nodes.values().forEach(ShardNodes::close);
    }
}
