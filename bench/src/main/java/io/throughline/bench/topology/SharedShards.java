package io.throughline.bench.topology;

import io.throughline.bench.ledger.KeyNames;
import io.throughline.bench.ledger.StampedValues;
import io.throughline.bench.peers.Peer;
import io.throughline.localpostgres.LocalShards;
import io.throughline.localpostgres.LocalShardsConfig;
import io.throughline.localpostgres.Shard;
import io.throughline.mapstore.Throughline;
import io.throughline.mapstore.config.GridConfig;
import io.throughline.mapstore.config.GridConfigReader;
import io.throughline.mapstore.direct.KeyPartition;
import io.throughline.member.HazelcastYaml;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.postgresql.PGConnection;

/**
 * Shards of three servers as {@code ./grid up} makes them, with a table for each peer. They run for the whole
 * comparison. For one thread.
 */
public final class SharedShards implements AutoCloseable {

    private static final int COPY_ROWS = 1_000;

    /** What the shipped hazelcast.yaml has one of for each partition. */
    private static final Pattern PER_PARTITION =
            Pattern.compile("((?:pool-size|partition\\.count|cleanup\\.operation\\.count): )\\d+");

    private final Path folder;
    private final LocalShards shards;

    private SharedShards(Path folder, LocalShards shards) {
        this.folder = folder;
        this.shards = shards;
    }

    /**
     * @param partitions of every peer's grid
     * @param members {@code host:port} of each member that peers will start
     */
    public static SharedShards start(Path folder, int count, int partitions, List<String> members) {
        LocalShards shards = LocalShards.start(LocalShardsConfig.in(folder.resolve("postgres"))
                .withShards(count)
                // Ctrl-C ends the step, and then everything in order.
                .withStopAtExit(false));
        SharedShards started = new SharedShards(folder, shards);
        try {
            started.configure(partitions, members);
            Throughline.open(started.migrationYaml()).close();
            return started;
        } catch (IOException | RuntimeException e) {
            shards.close();
            throw new IllegalStateException("the shards can't be prepared: " + e.getMessage(), e);
        }
    }

    public LocalShards shards() {
        return shards;
    }

    /** Of throughline.yaml and hazelcast.yaml. */
    public Path config() {
        return folder.resolve("config");
    }

    public Path throughlineYaml() {
        return config().resolve("throughline.yaml");
    }

    public Path hazelcastYaml() {
        return config().resolve("hazelcast.yaml");
    }

    private Path migrationYaml() {
        return config().resolve("migration.yaml");
    }

    private void configure(int partitions, List<String> members) throws IOException {
        Files.createDirectories(config());
        String hosts = shards.shards().stream()
                .map(shard -> "  " + shard.name() + ": {hosts: ["
                        + shard.hosts().stream().map(host -> '"' + host + '"').collect(Collectors.joining(", "))
                        + "]}\n")
                .collect(Collectors.joining());
        String yaml = "members: " + members.size() + "\npartitions: " + partitions
                + "\ndatabase: {password-file: ../postgres/secrets/throughline.password}\n"
                + "shards:\n" + hosts + "maps:\n  kv: {value-format: text}\n  documents: {value-format: json}\n"
                + "  blobs: {value-format: binary}\n";
        Files.writeString(throughlineYaml(), yaml);
        Files.writeString(
                migrationYaml(), yaml + "migration: {password-file: ../postgres/secrets/throughline_owner.password}\n");
        String hazelcast = HazelcastYaml.forMembers(members, throughlineYaml());
        Files.writeString(hazelcastYaml(), PER_PARTITION.matcher(hazelcast).replaceAll("$1" + partitions));
    }

    /**
     * Empties all peers' tables, as autovacuum would clear up after an earlier peer in this one's turn, and fills the
     * peer's with version 1 of every key; then a checkpoint, so that each peer begins with the same pages to be logged whole.
     */
    public void prepare(Peer peer, KeyNames names, StampedValues values) throws SQLException, IOException {
        slow(Duration.ZERO); // an earlier turn may have ended before it did that
        GridConfig grid = new GridConfigReader().read(throughlineYaml());
        List<Shard> all = shards.shards();
        for (int shard = 0; shard < all.size(); shard++) {
            try (Connection connection = shards.connect(all.get(shard).primary());
                    Statement statement = connection.createStatement()) {
                if (peer != Peer.THROUGHLINE) {
                    create(statement, peer, grid.database().credentials().user());
                }
                truncateAll(statement);
                fill(connection, peer, names, values, grid.partitions(), shard, all.size());
                statement.execute("VACUUM (ANALYZE) " + table(peer));
                statement.execute("CHECKPOINT");
            }
        }
    }

    /** Rows for a delete to find, under keys that the proof doesn't look at. */
    public void addDeletable(Peer peer, StampedValues values, int count) throws SQLException, IOException {
        if (!peer.stores()) {
            return;
        }
        int partitions = new GridConfigReader().read(throughlineYaml()).partitions();
        KeyNames deletable = new KeyNames("delete", count);
        List<Shard> all = shards.shards();
        for (int shard = 0; shard < all.size(); shard++) {
            try (Connection connection = shards.connect(all.get(shard).primary());
                    Statement statement = connection.createStatement()) {
                statement.execute("DELETE FROM " + table(peer) + " WHERE key > '" + deletable.prefix() + "' AND key < '"
                        + deletable.end() + "'");
                fill(connection, peer, deletable, values, partitions, shard, all.size());
            }
        }
    }

    /** Each commit on the last shard takes so much longer; zero ends that. */
    public void slow(Duration delay) throws SQLException {
        List<Shard> all = shards.shards();
        try (Connection connection = shards.connect(all.get(all.size() - 1).primary());
                Statement statement = connection.createStatement()) {
            statement.execute("ALTER SYSTEM SET commit_delay = " + delay.toNanos() / 1_000);
            statement.execute("ALTER SYSTEM SET commit_siblings = " + (delay.isZero() ? 5 : 0));
            statement.execute("SELECT pg_reload_conf()");
        }
    }

    private static void truncateAll(Statement statement) throws SQLException {
        for (Peer peer : Peer.values()) {
            if (isThere(statement, peer)) {
                statement.execute("TRUNCATE " + table(peer));
            }
        }
    }

    private static boolean isThere(Statement statement, Peer peer) throws SQLException {
        try (ResultSet row = statement.executeQuery("SELECT to_regclass('" + table(peer) + "') IS NOT NULL")) {
            row.next();
            return row.getBoolean(1);
        }
    }

    private static String table(Peer peer) {
        return "\"" + peer.schema() + "\".entries";
    }

    /** Keys and values as Throughline has them, and nothing beside them. */
    private static void create(Statement statement, Peer peer, String role) throws SQLException {
        statement.execute("CREATE SCHEMA IF NOT EXISTS \"" + peer.schema() + "\"");
        statement.execute("CREATE TABLE IF NOT EXISTS " + table(peer)
                + " (key text COLLATE \"C\" PRIMARY KEY, value text) WITH (fillfactor = 85)");
        statement.execute("GRANT USAGE ON SCHEMA \"" + peer.schema() + "\" TO \"" + role + "\"");
        statement.execute("GRANT SELECT, INSERT, UPDATE, DELETE ON " + table(peer) + " TO \"" + role + "\"");
    }

    private static void fill(
            Connection connection,
            Peer peer,
            KeyNames names,
            StampedValues values,
            int partitions,
            int shard,
            int shardCount)
            throws SQLException, IOException {
        boolean ours = peer == Peer.THROUGHLINE;
        var copy = connection
                .unwrap(PGConnection.class)
                .getCopyAPI()
                .copyIn("COPY " + table(peer) + (ours ? " (key, value, partition, written_at)" : " (key, value)")
                        + " FROM STDIN");
        StringBuilder rows = new StringBuilder();
        for (int key = 0; key < names.count(); key++) {
            String name = names.name(key);
            int partition = KeyPartition.of(name, partitions);
            if (partition % shardCount == shard) {
                rows.append(name).append('\t').append(values.of(key, 1));
                rows.append(ours ? "\t" + partition + "\tnow\n" : "\n");
            }
            if (key % COPY_ROWS == COPY_ROWS - 1 || key == names.count() - 1) {
                byte[] bytes = rows.toString().getBytes(java.nio.charset.StandardCharsets.UTF_8);
                copy.writeToCopy(bytes, 0, bytes.length);
                rows.setLength(0);
            }
        }
        copy.endCopy();
    }

    @Override
    public void close() {
        shards.close();
    }
}
