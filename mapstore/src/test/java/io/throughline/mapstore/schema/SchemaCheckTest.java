package io.throughline.mapstore.schema;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.throughline.localpostgres.Node;
import io.throughline.localpostgres.Shard;
import io.throughline.mapstore.StartRefusedException;
import io.throughline.mapstore.fixture.GridDatabase;
import io.throughline.mapstore.fixture.SharedShards;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(SharedShards.class)
class SchemaCheckTest {

    private static final String MAPS = "maps: {kv: {value-format: text}}\n";
    private static final String IMPATIENT = "connections: {connect-timeout: 1s, start-timeout: 1s}\n";

    private static void refuses(GridDatabase database, String yaml, String... reasons) {
        assertThatThrownBy(() -> SchemaCheck.verify(database.config(yaml)))
                .isInstanceOf(StartRefusedException.class)
                .hasMessage("Throughline may not start here:\n  " + String.join("\n  ", reasons));
    }

    private static String file(GridDatabase database) {
        return database.settings().toString();
    }

    @Test
    void shards_on_which_nothing_was_made_are_refused(GridDatabase database) {
        List<String> reasons = new ArrayList<>();
        for (String shard : List.of("shard-1", "shard-2")) {
            for (String table : List.of("grid", "shard_map", "writer", "writer_seen")) {
                reasons.add(shard + ": has no table \"throughline\"." + table
                        + ". Run grid-member migrate, or start one member with a migration block in " + file(database)
                        + ", which makes it");
            }
        }

        refuses(database, database.yaml(), reasons.toArray(String[]::new));
    }

    @Test
    void swapped_hosts_are_refused(GridDatabase database) {
        SchemaMigration.migrate(database.config());
        Map<String, List<String>> swapped = new TreeMap<>(Map.of(
                "shard-1", database.shards().hosts("shard-2"),
                "shard-2", database.shards().hosts("shard-1")));

        refuses(
                database,
                database.yaml(swapped) + MAPS,
                "shard-1: its hosts lead to the database of shard shard-2 (throughline.grid); the hosts of shard-1 and"
                        + " shard-2 are swapped or the same. Correct shards.shard-1.hosts in " + file(database),
                "shard-2: its hosts lead to the database of shard shard-1 (throughline.grid); the hosts of shard-2 and"
                        + " shard-1 are swapped or the same. Correct shards.shard-2.hosts in " + file(database));
    }

    @Test
    void another_partition_count_is_refused(GridDatabase database) {
        SchemaMigration.migrate(database.config());

        refuses(
                database,
                "partitions: 1009\n" + database.yaml(),
                "throughline.shard_map has partition_count [271], but " + file(database) + " has partitions: 1009. The"
                        + " count is fixed once a grid is made: set partitions in that file, and"
                        + " hazelcast.partition.count in hazelcast.yaml, to what the shards have");
    }

    @Test
    void duplicate_and_unowned_partitions_in_the_shards_are_refused(GridDatabase database) {
        SchemaMigration.migrate(database.config());
        for (String shard : List.of("shard-1", "shard-2")) {
            database.execute(
                    shard,
                    "UPDATE throughline.shard_map SET partitions = array_replace(partitions, 7::int2, 8::int2)"
                            + " WHERE shard = 'shard-2'");
        }

        refuses(
                database,
                database.yaml(),
                "throughline.shard_map is wrong on every shard: partition 8 owned by both shard-1 and shard-2; partition 7"
                        + " owned by no shard. Each partition must be in the partitions of exactly one shard; restore that"
                        + " table");
    }

    @Test
    void a_column_of_another_type_is_refused(GridDatabase database) {
        SchemaMigration.migrate(database.config());
        database.execute("shard-2", "ALTER TABLE documents.entries ALTER COLUMN value TYPE jsonb");
        database.execute("shard-2", "ALTER TABLE kv.entries ALTER COLUMN partition TYPE int");
        database.execute("shard-2", "ALTER TABLE blobs.entries DROP COLUMN attempts");

        refuses(
                database,
                database.yaml(),
                "shard-2: \"kv\".entries has column partition of type integer; expected partition smallint. Someone has"
                        + " changed the table since its migration; change it back",
                "shard-2: \"documents\".entries has column value of type jsonb; expected value json, as maps.documents has"
                        + " value-format json. Correct that, or give the map another schema, in " + file(database),
                "shard-2: \"blobs\".entries has no column attempts; expected attempts bigint[]. Someone has changed the"
                        + " table since its migration; change it back");
    }

    @Test
    void a_map_without_its_table_is_refused(GridDatabase database) {
        SchemaMigration.migrate(database.config());
        database.execute("shard-1", "DROP TABLE kv.entries");

        refuses(
                database,
                database.yaml(),
                "shard-1: has no table \"kv\".entries. Run grid-member migrate, or start one member with a migration block in "
                        + file(database) + ", which makes it");
    }

    @Test
    void a_role_without_rights_is_refused_with_the_grants_that_are_missing(GridDatabase database) {
        SchemaMigration.migrate(database.config());
        database.execute("shard-1", "REVOKE INSERT, UPDATE ON kv.entries FROM throughline");
        database.execute("shard-2", "REVOKE USAGE ON SCHEMA blobs FROM throughline");

        refuses(
                database,
                database.yaml(),
                "shard-1: \"kv\".entries: role throughline lacks INSERT, UPDATE. Run as the owner: GRANT INSERT, UPDATE ON"
                        + " \"kv\".entries TO \"throughline\";",
                "shard-2: \"blobs\".entries: role throughline lacks USAGE. Run as the owner: GRANT USAGE ON SCHEMA"
                        + " \"blobs\" TO \"throughline\";");
    }

    @Test
    void a_role_that_may_not_use_the_grids_own_tables_is_refused(GridDatabase database) {
        SchemaMigration.migrate(database.config());
        database.execute("shard-1", "REVOKE DELETE ON throughline.writer FROM throughline");
        database.execute("shard-2", "REVOKE ALL ON throughline.grid FROM throughline");

        refuses(
                database,
                database.yaml(),
                "shard-1: \"throughline\".writer: role throughline lacks DELETE. Run as the owner: GRANT DELETE ON"
                        + " \"throughline\".writer TO \"throughline\";",
                "shard-2: \"throughline\".grid: role throughline lacks SELECT. Run as the owner: GRANT SELECT ON"
                        + " \"throughline\".grid TO \"throughline\";");
    }

    @Test
    void a_wrong_password_is_refused_at_once_for_every_shard(GridDatabase database) {
        String yaml = database.yaml().replaceFirst("/throughline.password", "/replicator.password");
        String reason = ": role throughline isn't let in to database " + database.name()
                + ": FATAL: password authentication failed for user \"throughline\" (SQLState 28P01). Compare database in "
                + file(database)
                + " with the role and the database on that shard";

        refuses(database, yaml, "shard-1" + reason, "shard-2" + reason);
    }

    @Test
    void a_database_that_does_not_exist_is_refused_at_once(GridDatabase database) {
        String yaml = database.yaml().replace("name: " + database.name(), "name: nowhere");

        assertThatThrownBy(() -> SchemaCheck.verify(database.config(yaml)))
                .isInstanceOf(StartRefusedException.class)
                .hasMessageContaining("shard-1: role throughline isn't let in to database nowhere: FATAL: database"
                        + " \"nowhere\" does not exist (SQLState 3D000). Compare database in ");
    }

    @Test
    void a_host_where_nobody_listens_is_refused_after_the_start_timeout(GridDatabase database) {
        String yaml = database.yaml(Map.of("shard-1", List.of("127.0.0.1:1", "no-such-host.invalid:5432")))
                + MAPS
                + IMPATIENT;

        refuses(
                database,
                yaml,
                "shard-1: no primary was reached within 1s (connections.start-timeout): 127.0.0.1:1 answers: Connection"
                        + " refused; no-such-host.invalid:5432 answers: no-such-host.invalid. Start that shard, or correct"
                        + " shards.shard-1.hosts in " + file(database));
    }

    @Test
    void a_shard_of_standbys_alone_is_refused_after_the_start_timeout(GridDatabase database) {
        Shard shard = database.shards().shard("shard-1");
        List<String> standbys = shard.standbys().stream().map(Node::address).toList();

        refuses(
                database,
                database.yaml(Map.of("shard-1", standbys)) + MAPS + IMPATIENT,
                "shard-1: no primary was reached within 1s (connections.start-timeout): " + standbys.get(0)
                        + " is a standby; " + standbys.get(1)
                        + " is a standby. Start that shard, or correct shards.shard-1.hosts in " + file(database));
    }

    @Test
    void a_shard_that_is_still_starting_is_waited_for(GridDatabase database) throws Exception {
        SchemaMigration.migrate(database.config());
        Node primary = database.shards().shard("shard-1").primary();
        ExecutorService member = Executors.newSingleThreadExecutor();
        database.shards().pause(primary);
        try {
            Future<?> start = member.submit(() -> SchemaCheck.verify(
                    database.config(database.yaml() + "connections: {connect-timeout: 1s, socket-timeout: 1s}\n")));
            LockSupport.parkNanos(Duration.ofSeconds(4).toNanos());
            assertThat(start.isDone()).isFalse();
            database.shards().resume(primary);
            start.get(30, TimeUnit.SECONDS);
        } finally {
            database.shards().resume(primary);
            member.shutdownNow();
        }
    }
}
