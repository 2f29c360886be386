package io.throughline.mapstore.schema;

import static java.util.stream.Collectors.joining;

import io.throughline.mapstore.config.GridConfig;
import io.throughline.mapstore.routing.ShardMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;

/**
 * Whether the shards' records and throughline.yaml describe one and the same grid. Pure: it only compares.
 *
 * <p>The shard that decides is the first by name, whatever the order in the file: it is given the grid's identity before
 * any other. So where it has none, none was made; and once it knows that every shard had its row, a shard without one
 * is a database that was lost or mistaken, and must not be taken for a new one.
 */
final class GridAgreement {

    private final GridConfig config;
    private final Map<String, GridRecord> records;

    /** @param records what each shard of the config says, by the config's name for it */
    GridAgreement(GridConfig config, Map<String, GridRecord> records) {
        this.config = config;
        this.records = new TreeMap<>(records);
    }

    static String decider(GridConfig config) {
        return new TreeSet<>(config.shardNames()).first();
    }

    /** For a member that makes nothing: every shard must have its record. Empty if anything was refused. */
    Optional<CheckedGrid> complete(Refusals refusals) {
        Optional<CheckedGrid> agreed = agreed(refusals);
        List<String> missing = shardsWithoutIdentity();
        missing.forEach(shard -> refusals.add(shard + ": its database belongs to no grid (throughline.grid is empty);"
                + " expected the grid of " + config.file()
                + ". Run grid-member migrate, or start one member with a migration block, or correct shards."
                + shard + ".hosts or database.name"));
        return agreed.filter(grid -> missing.isEmpty());
    }

    /** For a member that makes what is missing: shards may have no record for as long as the making is under way. */
    void refuseUnlessCompletable(Refusals refusals) {
        agreed(refusals);
        if (!refusals.reasons().isEmpty()) {
            return;
        }
        String decider = decider(config);
        Optional<ShardIdentity> decision = identityOf(decider);
        if (decision.isEmpty()) {
            records.forEach((shard, record) ->
                    record.identity().ifPresent(other -> refuseLostShard(refusals, decider, other.gridId(), shard)));
        } else if (decision.get().everyShardMade()) {
            shardsWithoutIdentity()
                    .forEach(shard ->
                            refuseLostShard(refusals, shard, decision.get().gridId(), decider));
        }
    }

    private List<String> shardsWithoutIdentity() {
        return records.keySet().stream()
                .filter(shard -> identityOf(shard).isEmpty())
                .toList();
    }

    private void refuseLostShard(Refusals refusals, String lost, UUID gridId, String witness) {
        refusals.add(
                lost + ": its database is new, but " + witness + " is a shard of grid " + gridId + " in which " + lost
                        + " had rows. Correct shards." + lost + ".hosts in " + config.file()
                        + ", or restore that database; a new one in its place would be missing every row");
    }

    private Optional<ShardIdentity> identityOf(String shard) {
        return records.getOrDefault(shard, GridRecord.NONE).identity();
    }

    private Optional<CheckedGrid> agreed(Refusals refusals) {
        Map<String, GridRecord> made = new LinkedHashMap<>(records);
        made.values().removeIf(record -> record.identity().isEmpty());
        int before = refusals.reasons().size();
        checkNames(made, refusals);
        checkGridIds(made, refusals);
        checkShardMapsAreOne(made, refusals);
        if (made.isEmpty() || refusals.reasons().size() > before) {
            return Optional.empty();
        }
        GridRecord first = made.values().iterator().next();
        return shardMap(first.shardMap(), refusals)
                .map(map -> new CheckedGrid(first.identity().orElseThrow().gridId(), map));
    }

    private void checkNames(Map<String, GridRecord> made, Refusals refusals) {
        made.forEach((shard, record) -> {
            String found = record.identity().orElseThrow().shard();
            if (!found.equals(shard)) {
                String remedy = records.containsKey(found)
                        ? "the hosts of " + shard + " and " + found + " are swapped or the same"
                        : "its hosts are another shard's";
                refusals.add(shard + ": its hosts lead to the database of shard " + found + " (throughline.grid); "
                        + remedy + ". Correct shards." + shard + ".hosts in " + config.file());
            }
        });
    }

    private void checkGridIds(Map<String, GridRecord> made, Refusals refusals) {
        Map<UUID, TreeSet<String>> shardsById = new LinkedHashMap<>();
        made.forEach((shard, record) -> shardsById
                .computeIfAbsent(record.identity().orElseThrow().gridId(), id -> new TreeSet<>())
                .add(shard));
        if (shardsById.size() > 1) {
            refusals.add("the shards are of different grids (throughline.grid): "
                    + shardsById.entrySet().stream()
                            .map(entry -> String.join(", ", entry.getValue()) + " of " + entry.getKey())
                            .collect(joining("; "))
                    + ". Correct the hosts in " + config.file());
        }
    }

    private void checkShardMapsAreOne(Map<String, GridRecord> made, Refusals refusals) {
        made.entrySet().stream()
                .findFirst()
                .ifPresent(first -> made.forEach((shard, record) -> {
                    if (!record.shardMap().equals(first.getValue().shardMap())) {
                        refusals.add(
                                shard + ": its throughline.shard_map differs from that of " + first.getKey() + ": "
                                        + ShardMapDifference.describe(
                                                first.getValue().shardMap(), record.shardMap())
                                        + ". Both must be as they were when the grid was made; copy the right one to the other");
                    }
                }));
    }

    private Optional<ShardMap> shardMap(List<ShardMapRow> rows, Refusals refusals) {
        TreeSet<Integer> counts = new TreeSet<>();
        Map<String, List<Integer>> partitions = new TreeMap<>();
        rows.forEach(row -> {
            counts.add(row.partitionCount());
            partitions.put(row.shard(), row.partitions());
        });
        if (!counts.equals(new TreeSet<>(List.of(config.partitions())))) {
            refusals.add("throughline.shard_map has partition_count " + counts + ", but " + config.file()
                    + " has partitions: "
                    + config.partitions() + ". The count is fixed once a grid is made: set partitions in that file, and"
                    + " hazelcast.partition.count in hazelcast.yaml, to what the shards have");
            return Optional.empty();
        }
        if (!partitions.keySet().equals(new TreeSet<>(config.shardNames()))) {
            refusals.add("throughline.shard_map names the shards " + partitions.keySet() + ", but " + config.file()
                    + " names "
                    + new TreeSet<>(config.shardNames())
                    + ". The shards are fixed once a grid is made: name the same ones in that file");
            return Optional.empty();
        }
        try {
            return Optional.of(ShardMap.of(config.partitions(), partitions));
        } catch (IllegalArgumentException e) {
            refusals.add(
                    "throughline.shard_map is wrong on every shard: " + e.getMessage()
                            + ". Each partition must be in the partitions of exactly one shard; restore that table",
                    e);
            return Optional.empty();
        }
    }
}
