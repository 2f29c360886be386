package io.throughline.bench.proof;

import io.throughline.cli.shards.NodeConnections;
import io.throughline.mapstore.config.GridConfig;
import io.throughline.mapstore.config.ShardConfig;
import io.throughline.mapstore.routing.ShardMap;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads which shard owns which partition from any primary, as it is the same on all. */
record ShardMapReader(NodeConnections connections, GridConfig config) {

    private static final int ANSWER_SECONDS = 10;
    private static final String QUERY = "SELECT shard, partitions FROM throughline.shard_map";

    /** @throws NotProvenException if no shard answers by then */
    ShardMap read(long deadlineNanos) throws InterruptedException {
        while (true) {
            Optional<ShardMap> map = fromAnyShard();
            if (map.isPresent()) {
                return map.get();
            }
            if (System.nanoTime() - deadlineNanos > 0) {
                throw new NotProvenException(
                        "No shard of " + config.file() + " answers, so nothing could be compared with its rows.");
            }
            Thread.sleep(500);
        }
    }

    private Optional<ShardMap> fromAnyShard() {
        return config.shards().stream()
                .map(this::from)
                .flatMap(Optional::stream)
                .findFirst();
    }

    private Optional<ShardMap> from(ShardConfig shard) {
        try (Connection connection = connections.primary(shard, ANSWER_SECONDS)) {
            return Optional.of(ShardMap.of(config.partitions(), partitions(connection)));
        } catch (SQLException down) {
            return Optional.empty();
        }
    }

    private static Map<String, List<Integer>> partitions(Connection connection) throws SQLException {
        Map<String, List<Integer>> partitions = new LinkedHashMap<>();
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(QUERY)) {
            while (rows.next()) {
                Short[] owned = (Short[]) rows.getArray(2).getArray();
                partitions.put(
                        rows.getString(1),
                        Arrays.stream(owned).map(Short::intValue).toList());
            }
        }
        return partitions;
    }
}
