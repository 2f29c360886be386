package io.throughline.mapstore.config;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A checked throughline.yaml.
 *
 * @param file the file that this was read from; errors found later name it
 * @param grid the grid's name
 * @param partitions Hazelcast's partition count, 1 to 32,767
 * @param members the size that the cluster is meant to have; a majority of it must be heard to serve and to fence
 * @param strictLease whether partitions of a member that did not leave in order are not written for one TTL
 * @param migration absent where this member only checks the schema and never changes it
 * @param shards in the file's order, at least one, names unique
 * @param attempts what rows take from resilient clients
 * @param fallback what resilient clients do by themselves
 * @param maps in the file's order, at least one, names and schemas unique
 */
public record GridConfig(
        Path file,
        String grid,
        int partitions,
        int members,
        boolean strictLease,
        DatabaseConfig database,
        @Nullable MigrationConfig migration,
        List<ShardConfig> shards,
        ConnectionsConfig connections,
        WriteConfig write,
        ReadConfig read,
        AttemptsConfig attempts,
        FallbackConfig fallback,
        List<GridMapConfig> maps) {

    public GridConfig {
        shards = List.copyOf(shards);
        maps = List.copyOf(maps);
    }

    /** How many members must hear each other. */
    public int majority() {
        return members / 2 + 1;
    }

    public List<String> shardNames() {
        return shards.stream().map(ShardConfig::name).toList();
    }

    public Optional<GridMapConfig> map(String name) {
        return maps.stream().filter(map -> map.name().equals(name)).findFirst();
    }
}
