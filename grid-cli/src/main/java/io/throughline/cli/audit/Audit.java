package io.throughline.cli.audit;

import com.hazelcast.core.HazelcastInstance;
import io.throughline.cli.RunningGrid;
import io.throughline.cli.terminal.ProgressLine;
import io.throughline.mapstore.config.GridMapConfig;
import java.sql.SQLException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * Compares memory, primaries and standbys of one map while the grid runs. First, partition by partition, what its owner
 * holds with the primary's rows; then all rows of each shard with its standbys; then every key that differed once is looked
 * at again, as a write in the middle looks like a difference too. One use.
 */
public final class Audit {

    /** Of one shard: more would only be more of the same. */
    private static final int MOST_SUSPECTS = 10_000;

    /** Expired entries are swept, clocks read and answers sent within this. */
    private static final Duration MARGIN = Duration.ofSeconds(1);

    /**
     * What to audit and how.
     *
     * @param partitions all where it is empty
     * @param timeToLive of the map's entries
     * @param patience for standbys that are behind
     * @param withValues whether the beginning of values is shown
     * @param repair whether entries in memory that differ are evicted
     */
    public record Options(
            Set<Integer> partitions, Duration timeToLive, Duration patience, boolean withValues, boolean repair) {

        public Options {
            partitions = Set.copyOf(partitions);
        }
    }

    private final RunningGrid grid;
    private final Options options;
    private final MemberEntries members;
    private final RowQueries queries;
    private final int[] partitions;
    private final AuditProgress progress;
    private final Map<ShardNodes, Set<String>> suspects = new LinkedHashMap<>();

    public Audit(RunningGrid grid, HazelcastInstance client, GridMapConfig map, Options options, ProgressLine line) {
        int count = grid.config().partitions();
        this.grid = grid;
        this.options = options;
        this.members = new MemberEntries(client, map.name(), count, options.withValues());
        this.queries = new RowQueries(map, options.partitions(), options.withValues());
        this.partitions = IntStream.range(0, count)
                .filter(partition ->
                        options.partitions().isEmpty() || options.partitions().contains(partition))
                .toArray();
        this.progress = new AuditProgress(line, partitions.length);
    }

    /** @throws io.throughline.cli.CommandFailed if the members, or all shards, can't be read */
    public AuditResult run() throws InterruptedException {
        long begun = System.nanoTime();
        try (AuditedShards shards = new AuditedShards(grid, options.patience())) {
            shards.all().forEach(shard -> suspects.put(shard, new LinkedHashSet<>()));
            compareMemory(shards);
            compareRows(shards);
            SecondLooks.Outcome outcome = lookAgain(shards);
            Findings findings = new Findings(members::evict, options.repair());
            return new AuditResult(
                    partitions.length,
                    progress.entries(),
                    progress.rows(),
                    outcome.passing(),
                    findings.different(outcome),
                    findings.undecided(outcome),
                    shards.leftOut(),
                    Duration.ofNanos(System.nanoTime() - begun));
        } finally {
            progress.end();
        }
    }

    private void compareMemory(AuditedShards shards) {
        MemoryPass pass = new MemoryPass(members, queries, progress);
        for (int partition : partitions) {
            Optional<ShardNodes> owner = shards.owner(partition);
            if (owner.isPresent()) {
                try {
                    add(shards, owner.get(), pass.suspects(partition, owner.get()));
                } catch (SQLException e) {
                    shards.leaveOut(owner.get(), e);
                }
            }
            progress.show();
        }
    }

    private void compareRows(AuditedShards shards) throws InterruptedException {
        new RowsPass(shards, queries, progress)
                .suspects(shard -> new RowsWalk(shard, queries, shards.owners(), members::partitionOf, MOST_SUSPECTS))
                .forEach((shard, keys) -> add(shards, shard, keys));
    }

    private void add(AuditedShards shards, ShardNodes shard, Set<String> keys) {
        Set<String> all = suspects.getOrDefault(shard, new LinkedHashSet<>());
        keys.stream().limit(MOST_SUSPECTS - all.size()).forEach(all::add);
        if (all.size() == MOST_SUSPECTS) {
            shards.cutShort(
                    shard, "more than " + MOST_SUSPECTS + " keys differ; what comes after them was not compared");
        }
    }

    private SecondLooks.Outcome lookAgain(AuditedShards shards) throws InterruptedException {
        Duration grace = options.timeToLive().plus(MARGIN);
        Map<ShardNodes, List<Suspect>> toLookAt = new LinkedHashMap<>();
        suspects.forEach((shard, keys) -> toLookAt.put(
                shard,
                keys.stream().map(key -> new Suspect(shard.shard(), key, grace)).toList()));
        return new SecondLooks(members, queries, shards, grace, progress).run(toLookAt);
    }
}
