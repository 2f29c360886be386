package io.throughline.mapstore.config;

import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads the blocks of throughline.yaml, and checks what one of them demands of another. */
final class GridSections {

    private static final Bounds<Integer> PARTITIONS =
            new Bounds<>(271, 1, (int) Short.MAX_VALUE, "a row keeps its partition as a smallint");

    private static final Bounds<Integer> MEMBERS =
            new Bounds<>(3, 1, 100, "a majority of them has to hear each other before any of them serves");

    private final Section root;
    private final Path folder;
    private final CredentialsReader credentials;

    /** @param folder paths are relative to it */
    GridSections(Section root, Path folder, CredentialsReader credentials) {
        this.root = root;
        this.folder = folder;
        this.credentials = credentials;
    }

    GridConfig read(Path file) {
        String grid = root.text("grid", "throughline", Forms.GRID);
        int partitions = root.number("partitions", PARTITIONS);
        int members = root.number("members", MEMBERS);
        boolean strictLease = root.flag("strict-lease", false);
        DatabaseConfig database = database();
        MigrationConfig migration = migration(database);
        List<ShardConfig> shards = new ShardsReader().read(root);
        checkEachShardHasPartitions(partitions, shards.size());
        LimitsReader limits = new LimitsReader(root, folder);
        List<GridMapConfig> maps = new MapsReader().read(root);
        root.refuseUnknownKeys();
        return new GridConfig(
                file,
                grid,
                partitions,
                members,
                strictLease,
                database,
                migration,
                shards,
                limits.connections(),
                limits.write(),
                limits.read(),
                limits.attempts(),
                limits.fallback(),
                maps);
    }

    private DatabaseConfig database() {
        Section section = root.section("database");
        String name = section.text("name", "throughline", Forms.IDENTIFIER);
        DatabaseConfig database = new DatabaseConfig(name, credentials.read(section, "throughline"));
        section.refuseUnknownKeys();
        return database;
    }

    private @Nullable MigrationConfig migration(DatabaseConfig database) {
        if (!root.has("migration")) {
            return null;
        }
        Section section = root.section("migration");
        MigrationConfig migration = new MigrationConfig(credentials.read(section, MigrationConfig.OWNER));
        String server = database.credentials().user();
        if (migration.credentials().user().equals(server)) {
            section.problem(
                    "user",
                    "is " + server + ", as is database.user; the role that serves clients must not be"
                            + " able to change tables");
        }
        section.refuseUnknownKeys();
        return migration;
    }

    private void checkEachShardHasPartitions(int partitions, int shards) {
        if (partitions < shards) {
            root.problem(
                    "partitions",
                    partitions + " can't be shared among " + shards + " shards; each needs one partition at least");
        }
    }
}
