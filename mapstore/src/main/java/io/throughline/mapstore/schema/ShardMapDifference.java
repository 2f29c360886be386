package io.throughline.mapstore.schema;

import static java.util.stream.Collectors.joining;

import io.throughline.mapstore.routing.PartitionRanges;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Says how one shard map differs from another, by what differs alone: a whole one is hundreds of numbers long. */
final class ShardMapDifference {

    private static final ShardMapRow NO_ROW = new ShardMapRow("", 0, List.of());

    private ShardMapDifference() {}

    static String describe(List<ShardMapRow> expected, List<ShardMapRow> found) {
        Map<String, ShardMapRow> expectedRows = byShard(expected);
        Map<String, ShardMapRow> foundRows = byShard(found);
        Set<String> shards = new TreeSet<>(expectedRows.keySet());
        shards.addAll(foundRows.keySet());
        return shards.stream()
                .map(shard -> describe(
                        shard, expectedRows.getOrDefault(shard, NO_ROW), foundRows.getOrDefault(shard, NO_ROW)))
                .filter(difference -> !difference.isEmpty())
                .collect(joining("; "));
    }

    private static Map<String, ShardMapRow> byShard(List<ShardMapRow> rows) {
        return rows.stream().collect(Collectors.toMap(ShardMapRow::shard, row -> row, (one, two) -> one, TreeMap::new));
    }

    private static String describe(String shard, ShardMapRow expected, ShardMapRow found) {
        if (expected.equals(found)) {
            return "";
        }
        if (expected.equals(NO_ROW) || found.equals(NO_ROW)) {
            return (found.equals(NO_ROW) ? "no row for " : "one more row, for ") + shard;
        }
        if (expected.partitionCount() != found.partitionCount()) {
            return shard + " has partition_count " + found.partitionCount() + " instead of "
                    + expected.partitionCount();
        }
        String more = without(found, expected);
        String fewer = without(expected, found);
        return shard + " has" + (more.isEmpty() ? "" : " partitions " + more + " more")
                + (fewer.isEmpty() ? "" : " partitions " + fewer + " fewer")
                + (more.isEmpty() && fewer.isEmpty() ? " its partitions in another order, or twice" : "");
    }

    private static String without(ShardMapRow row, ShardMapRow other) {
        Set<Integer> partitions = new HashSet<>(row.partitions());
        other.partitions().forEach(partitions::remove);
        return PartitionRanges.of(partitions);
    }
}
