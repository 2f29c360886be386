package io.throughline.cli.audit;

import com.hazelcast.client.HazelcastClientNotActiveException;
import com.hazelcast.core.HazelcastException;
import com.hazelcast.core.HazelcastInstance;
import com.hazelcast.map.IMap;
import com.hazelcast.partition.PartitionService;
import com.hazelcast.query.Predicate;
import com.hazelcast.query.Predicates;
import io.throughline.cli.CommandFailed;
import io.throughline.cli.ExitCode;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What the members hold, a partition at a time, as its owner has it; a client can't reach backups. A query looks at memory
 * alone: it loads nothing, leaves each entry's life as it is, skips expired ones, and doesn't queue behind a store of its
 * partition (Hazelcast 5.7, PartitionScanRunner and QueryPartitionOperation). Its predicates are Hazelcast's own, which a
 * member knows without Java serialization. Thread-safe.
 */
final class MemberEntries {

    private static final String KEY = "__key";

    private final IMap<Object, Object> map;
    private final PartitionService partitions;
    private final boolean withBeginning;
    private final Map<Integer, String> keyOfPartition;

    MemberEntries(HazelcastInstance client, String map, int partitionCount, boolean withBeginning) {
        this.map = client.getMap(map);
        this.partitions = client.getPartitionService();
        this.withBeginning = withBeginning;
        this.keyOfPartition = keys(partitionCount);
    }

    /** A partition is named by a key in it. */
    private Map<Integer, String> keys(int partitionCount) {
        Map<Integer, String> keys = new LinkedHashMap<>();
        for (int number = 0; keys.size() < partitionCount; number++) {
            String key = String.valueOf(number);
            keys.putIfAbsent(partitionOf(key), key);
        }
        return keys;
    }

    /** By Hazelcast's own hash. */
    int partitionOf(String key) {
        return partitions.getPartition(key).getPartitionId();
    }

    /** @throws CommandFailed if the members can't tell */
    Map<String, HeldValue> of(int partition) {
        return query(partition, Predicates.alwaysTrue());
    }

    /** Of these keys, which are all in the partition; those that aren't in memory are left out. */
    Map<String, HeldValue> of(int partition, Collection<String> keys) {
        return query(partition, Predicates.in(KEY, keys.toArray(String[]::new)));
    }

    private Map<String, HeldValue> query(int partition, Predicate<Object, Object> which) {
        Map<String, HeldValue> held = new LinkedHashMap<>();
        try {
            map.entrySet(Predicates.partitionPredicate(keyOfPartition.getOrDefault(partition, ""), which))
                    .forEach(entry ->
                            held.put(entry.getKey().toString(), HeldValue.of(entry.getValue(), withBeginning)));
        } catch (HazelcastException | HazelcastClientNotActiveException e) {
            throw new CommandFailed(
                    ExitCode.FAILED,
                    "The members don't tell what they hold of partition " + partition + " (" + e.getMessage()
                            + "). './grid status' shows what runs; audit again when the grid is ready.",
                    e);
        }
        return held;
    }

    /** Whether there was an entry to throw out. */
    boolean evict(String key) {
        return map.evict(key);
    }
}
