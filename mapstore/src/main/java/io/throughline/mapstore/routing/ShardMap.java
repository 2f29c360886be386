package io.throughline.mapstore.routing;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Which shard owns which partition: every partition exactly one. Immutable; an instance is always complete.
 *
 * <p>A partition runs one store at a time, so if its keys were on two shards, the sick one would block the healthy one.
 */
public final class ShardMap {

    private final List<String> shards;
    private final String[] owners;

    private ShardMap(List<String> shards, String[] owners) {
        this.shards = shards;
        this.owners = owners;
    }

    /** The map of a new grid: partition {@code p} belongs to shard {@code p mod n}. */
    public static ShardMap initial(int partitionCount, List<String> shards) {
        Map<String, List<Integer>> partitions = new LinkedHashMap<>();
        shards.forEach(shard -> partitions.put(shard, new ArrayList<>()));
        for (int partition = 0; partition < partitionCount; partition++) {
            String shard = shards.get(partition % shards.size());
            partitions.computeIfAbsent(shard, name -> new ArrayList<>()).add(partition);
        }
        return of(partitionCount, partitions);
    }

    /**
     * @throws IllegalArgumentException if a partition is owned by no shard, by two, twice by one, or doesn't exist; the
     *     message names every such partition
     */
    public static ShardMap of(int partitionCount, Map<String, ? extends List<Integer>> partitionsByShard) {
        @Nullable String[] owners = new String[partitionCount];
        ShardMapFaults faults = new ShardMapFaults(partitionCount);
        partitionsByShard.forEach((shard, partitions) -> {
            for (int partition : partitions) {
                if (partition < 0 || partition >= partitionCount) {
                    faults.outOfRange(shard, partition);
                } else if (owners[partition] != null) {
                    faults.ownedTwice(partition, owners[partition], shard);
                } else {
                    owners[partition] = shard;
                }
            }
        });
        for (int partition = 0; partition < partitionCount; partition++) {
            if (owners[partition] == null) {
                faults.unowned(partition);
            }
        }
        faults.throwIfAny();
        return new ShardMap(List.copyOf(partitionsByShard.keySet()), complete(owners));
    }

    private static String[] complete(@Nullable String[] owners) {
        return Arrays.stream(owners).toArray(String[]::new);
    }

    public int partitionCount() {
        return owners.length;
    }

    /** In the order in which they were given. */
    public List<String> shards() {
        return shards;
    }

    /** @throws IndexOutOfBoundsException if there is no such partition */
    public String shardOf(int partition) {
        return owners[partition];
    }

    /** Ascending; empty if the shard owns none. */
    public List<Integer> partitionsOf(String shard) {
        List<Integer> partitions = new ArrayList<>();
        for (int partition = 0; partition < owners.length; partition++) {
            if (owners[partition].equals(shard)) {
                partitions.add(partition);
            }
        }
        return List.copyOf(partitions);
    }

    /** Equal if each partition has the same owner and the shards are the same, in whatever order. */
    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof ShardMap that
                && Arrays.equals(owners, that.owners)
                && shards.size() == that.shards.size()
                && shards.containsAll(that.shards);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(owners);
    }

    @Override
    public String toString() {
        Map<String, String> ranges = new HashMap<>();
        shards.forEach(shard -> ranges.put(shard, PartitionRanges.of(partitionsOf(shard))));
        return "ShardMap" + ranges;
    }
}
