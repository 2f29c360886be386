package io.throughline.mapstore.routing;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/** Gathers what is wrong with a shard map, so that one error names it all. */
final class ShardMapFaults {

    private final int partitionCount;
    private final Map<String, TreeSet<Integer>> partitionsByFault = new LinkedHashMap<>();

    ShardMapFaults(int partitionCount) {
        this.partitionCount = partitionCount;
    }

    void outOfRange(String shard, int partition) {
        add("claimed by " + shard + " but outside 0-" + (partitionCount - 1), partition);
    }

    void ownedTwice(int partition, String first, String second) {
        add(first.equals(second) ? "listed twice by " + first : "owned by both " + first + " and " + second, partition);
    }

    void unowned(int partition) {
        add("owned by no shard", partition);
    }

    private void add(String fault, int partition) {
        partitionsByFault.computeIfAbsent(fault, name -> new TreeSet<>()).add(partition);
    }

    void throwIfAny() {
        if (partitionsByFault.isEmpty()) {
            return;
        }
        List<String> faults = new ArrayList<>();
        partitionsByFault.forEach(
                (fault, partitions) -> faults.add((partitions.size() == 1 ? "partition " : "partitions ")
                        + PartitionRanges.of(partitions) + " " + fault));
        throw new IllegalArgumentException(String.join("; ", faults));
    }
}
