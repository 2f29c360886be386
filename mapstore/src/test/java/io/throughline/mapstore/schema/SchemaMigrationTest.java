package io.throughline.mapstore.schema;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.throughline.mapstore.StartRefusedException;
import io.throughline.mapstore.config.GridConfig;
import io.throughline.mapstore.fixture.GridDatabase;
import io.throughline.mapstore.fixture.SharedShards;
import io.throughline.mapstore.routing.ShardMap;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(SharedShards.class)
class SchemaMigrationTest {

    private static final String GRID_ID = "SELECT grid_id FROM throughline.grid";
    private static final String MADE = "SELECT made_at IS NOT NULL FROM throughline.grid";
    private static final ShardMap INITIAL = ShardMap.initial(271, List.of("shard-1", "shard-2"));

    @Test
    void a_new_grid_has_one_identity_and_one_shard_map_on_every_shard(GridDatabase database) {
        SchemaMigration.migrate(database.config());

        assertThat(SchemaCheck.verify(database.config())).isEqualTo(INITIAL);
        assertThat(database.query("shard-1", GRID_ID)).hasSize(1).isEqualTo(database.query("shard-2", GRID_ID));
        assertThat(database.query("shard-1", "SELECT shard FROM throughline.grid"))
                .containsExactly("shard-1");
        assertThat(database.query("shard-2", "SELECT shard FROM throughline.grid"))
                .containsExactly("shard-2");
        assertThat(database.query("shard-1", MADE)).containsExactly("t");
    }

    @Test
    void a_second_run_changes_nothing(GridDatabase database) {
        SchemaMigration.migrate(database.config());
        List<String> before = everything(database);

        SchemaMigration.migrate(database.config());

        assertThat(everything(database)).isEqualTo(before);
    }

    private static List<String> everything(GridDatabase database) {
        List<String> rows = new ArrayList<>();
        for (String shard : List.of("shard-1", "shard-2")) {
            rows.addAll(database.query(shard, "SELECT grid::text FROM throughline.grid"));
            rows.addAll(database.query(shard, "SELECT shard_map::text FROM throughline.shard_map ORDER BY shard"));
            for (String schema : List.of("throughline", "kv", "documents", "blobs")) {
                rows.addAll(database.query(shard, "SELECT h::text FROM " + schema + ".flyway_schema_history h"));
            }
        }
        return rows;
    }

    @Test
    void members_that_migrate_at_once_agree_on_one_grid(GridDatabase database) throws Exception {
        GridConfig config = database.config();
        ExecutorService members = Executors.newFixedThreadPool(3);
        try {
            List<Future<?>> runs = new ArrayList<>();
            for (int member = 0; member < 3; member++) {
                runs.add(members.submit(() -> SchemaMigration.migrate(config)));
            }
            for (Future<?> run : runs) {
                run.get(2, TimeUnit.MINUTES);
            }
        } finally {
            members.shutdownNow();
        }

        assertThat(SchemaCheck.verify(config)).isEqualTo(INITIAL);
        assertThat(database.query("shard-1", GRID_ID)).hasSize(1).isEqualTo(database.query("shard-2", GRID_ID));
    }

    @Test
    void a_run_cut_short_between_the_shards_is_taken_up_by_the_next(GridDatabase database) {
        SchemaMigration.migrate(database.config());
        List<String> gridId = database.query("shard-1", GRID_ID);
        database.execute("shard-1", "UPDATE throughline.grid SET made_at = NULL");
        database.execute("shard-2", "DROP SCHEMA throughline CASCADE");

        SchemaMigration.migrate(database.config());

        assertThat(SchemaCheck.verify(database.config())).isEqualTo(INITIAL);
        assertThat(database.query("shard-2", GRID_ID)).isEqualTo(gridId);
        assertThat(database.query("shard-1", MADE)).containsExactly("t");
    }

    @Test
    void a_run_whose_connections_are_cut_at_any_time_is_taken_up_by_the_next(GridDatabase database) throws Exception {
        GridConfig config = database.config();
        ExecutorService member = Executors.newSingleThreadExecutor();
        try {
            int cut = 0;
            for (int millis = 20; millis <= 620; millis += 150) {
                Future<?> run = member.submit(() -> SchemaMigration.migrate(config));
                LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(millis));
                cutTheOwnersConnections(database);
                cut += wasRefused(run) ? 1 : 0;
            }
            assertThat(cut).isPositive();
        } finally {
            member.shutdownNow();
        }

        SchemaMigration.migrate(config);

        assertThat(SchemaCheck.verify(config)).isEqualTo(INITIAL);
    }

    /** Flyway notes over another connection what has run. */
    @Test
    void a_run_cut_short_between_a_migration_and_its_note_is_taken_up_by_the_next(GridDatabase database) {
        SchemaMigration.migrate(database.config());
        for (String schema : List.of("throughline", "kv")) {
            database.execute(
                    "shard-1", "DELETE FROM " + schema + "." + SchemaHistory.TABLE + " WHERE version IS NOT NULL");
        }

        SchemaMigration.migrate(database.config());

        assertThat(SchemaCheck.verify(database.config())).isEqualTo(INITIAL);
    }

    private static void cutTheOwnersConnections(GridDatabase database) {
        for (String shard : List.of("shard-1", "shard-2")) {
            database.query(
                    shard,
                    "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename = 'throughline_owner'"
                            + " AND datname = current_database()");
        }
    }

    private static boolean wasRefused(Future<?> run) throws Exception {
        try {
            run.get(2, TimeUnit.MINUTES);
            return false;
        } catch (ExecutionException e) {
            assertThat(e).hasCauseInstanceOf(StartRefusedException.class);
            return true;
        }
    }

    @Test
    void a_map_may_be_added_later(GridDatabase database) {
        SchemaMigration.migrate(database.config());
        GridConfig more = database.config(database.yaml() + "  sessions: {value-format: json}\n");

        SchemaMigration.migrate(more);

        assertThat(SchemaCheck.verify(more)).isEqualTo(INITIAL);
        assertThat(database.query("shard-2", "SELECT count(*) FROM sessions.entries"))
                .containsExactly("0");
    }

    @Test
    void a_schema_may_be_named_like_a_keyword(GridDatabase database) {
        GridConfig config = database.config(database.yaml() + "  orders: {value-format: text, schema: order}\n");

        SchemaMigration.migrate(config);

        assertThat(SchemaCheck.verify(config)).isEqualTo(INITIAL);
        assertThat(database.query(
                        "shard-1",
                        "SELECT count(*) FROM "
                                + config.map("orders").orElseThrow().table()))
                .containsExactly("0");
    }

    @Test
    void an_empty_database_in_place_of_a_lost_shard_is_left_empty(GridDatabase database) {
        SchemaMigration.migrate(database.config());
        for (String schema : List.of("throughline", "kv", "documents", "blobs")) {
            database.execute("shard-2", "DROP SCHEMA " + schema + " CASCADE");
        }

        assertThatThrownBy(() -> SchemaMigration.migrate(database.config()))
                .isInstanceOf(StartRefusedException.class)
                .hasMessageContaining("shard-2: its database is new, but shard-1 is a shard of grid");
        assertThat(database.query("shard-2", "SELECT 1 FROM pg_namespace WHERE nspname IN ('throughline', 'kv')"))
                .isEmpty();
    }

    @Test
    void one_database_can_not_be_two_shards(GridDatabase database) {
        var hosts = database.hosts();
        String twice = database.yaml(java.util.Map.of(
                        "shard-1",
                        hosts.getOrDefault("shard-1", List.of()),
                        "shard-2",
                        hosts.getOrDefault("shard-1", List.of()).stream()
                                .map(host -> host.replace("127.0.0.1", "localhost"))
                                .toList()))
                + "maps: {kv: {value-format: text}}\n";

        assertThatThrownBy(() -> SchemaMigration.migrate(database.config(twice)))
                .isInstanceOf(StartRefusedException.class)
                .hasMessageContaining("shard-2: its hosts lead to the database of shard shard-1 (throughline.grid); the"
                        + " hosts of shard-2 and shard-1 are swapped or the same");
    }

    @Test
    void a_schema_with_someone_elses_tables_is_refused_and_left_alone(GridDatabase database) {
        database.execute("shard-2", "CREATE SCHEMA kv CREATE TABLE theirs (id int)");

        assertThatThrownBy(() -> SchemaMigration.migrate(database.config()))
                .isInstanceOf(StartRefusedException.class)
                .hasMessageContaining(
                        "shard-2: schema kv holds tables that Throughline didn't make (theirs). Give maps.kv another"
                                + " schema in ");
        assertThat(database.query("shard-2", "SELECT relname FROM pg_class WHERE relnamespace = 'kv'::regnamespace"))
                .containsExactly("theirs");
    }

    @Test
    void a_role_that_may_not_make_schemas_is_refused(GridDatabase database) {
        database.execute("shard-1", "REVOKE CREATE ON DATABASE " + database.name() + " FROM throughline_owner");

        assertThatThrownBy(() -> SchemaMigration.migrate(database.config()))
                .isInstanceOf(StartRefusedException.class)
                .hasMessageContaining(
                        "shard-1: schema throughline can't be brought up to date as role throughline_owner: ERROR:"
                                + " permission denied for database " + database.name()
                                + " (SQLState 42501). That role must"
                                + " own the database, and role throughline must exist");
    }

    @Test
    void a_members_role_that_does_not_exist_is_named(GridDatabase database) {
        String yaml = database.yaml().replace("database:\n", "database:\n  user: no\"body\n");

        assertThatThrownBy(() -> SchemaMigration.migrate(database.config(yaml)))
                .isInstanceOf(StartRefusedException.class)
                .hasMessageContaining("role \"no\"body\" does not exist");
    }

    @Test
    void a_wrong_password_of_the_owner_is_refused_at_once(GridDatabase database) {
        String yaml = database.yaml().replace("throughline_owner.password", "throughline.password");

        assertThatThrownBy(() -> SchemaMigration.migrate(database.config(yaml)))
                .isInstanceOf(StartRefusedException.class)
                .hasMessageContaining(
                        "shard-1: role throughline_owner isn't let in to database " + database.name()
                                + ": FATAL: password authentication failed for user \"throughline_owner\" (SQLState 28P01). Compare migration in ");
    }
}
