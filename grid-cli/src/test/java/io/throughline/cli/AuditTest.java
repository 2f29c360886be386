package io.throughline.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.hazelcast.core.HazelcastInstance;
import com.hazelcast.map.IMap;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.throughline.cli.fixture.Grids;
import io.throughline.cli.fixture.Result;
import io.throughline.cli.fixture.SharedGrid;
import io.throughline.cli.folder.GridDirectory;
import io.throughline.localpostgres.Secrets;
import io.throughline.mapstore.direct.DirectGrid;
import io.throughline.mapstore.direct.DirectMap;
import io.throughline.mapstore.direct.Sending;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.extension.ExtendWith;

/** Differences that are put into a grid that runs, behind its back, and what is none. */
@ExtendWith(Grids.class)
@TestInstance(Lifecycle.PER_CLASS)
class AuditTest {

    private final SharedGrid grid;
    private final RunningGrid running;
    private final HazelcastInstance client;
    private final IMap<String, String> map;

    AuditTest(SharedGrid grid) {
        this.grid = grid;
        this.running = RunningGrid.in(GridDirectory.at(grid.directory()));
        this.client = running.connect();
        this.map = client.getMap("kv");
    }

    @AfterAll
    void close() {
        client.shutdown();
    }

    private static String host(JsonNode where, String role) {
        return StreamSupport.stream(where.path("rows").spliterator(), false)
                .filter(row -> row.path("role").asText().equals(role))
                .map(row -> row.path("node").asText())
                .findFirst()
                .orElseThrow();
    }

    private Connection superuser(String node) throws SQLException {
        String address = running.state().shards().stream()
                .flatMap(shard -> shard.nodes().stream())
                .filter(known -> known.name().equals(node))
                .findFirst()
                .orElseThrow()
                .address();
        return DriverManager.getConnection(
                "jdbc:postgresql://" + address + "/throughline",
                "postgres",
                Secrets.read(running.directory().postgres().resolve("secrets/postgres.password")));
    }

    private void sql(String node, String sql) throws SQLException {
        try (Connection connection = superuser(node);
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private JsonNode where(String key) {
        return grid.grid("where", key, "--json").expect(ExitCode.DONE).json();
    }

    private long expiration(String key) {
        return Objects.requireNonNull(map.getEntryView(key), "in memory").getExpirationTime();
    }

    private static JsonNode only(JsonNode report, String key) {
        List<JsonNode> found = StreamSupport.stream(report.path("differences").spliterator(), false)
                .filter(difference -> difference.path("key").asText().equals(key))
                .toList();
        assertThat(found).as("differences of " + key + " in " + report).hasSize(1);
        return found.get(0);
    }

    @Test
    void an_audit_loads_nothing_and_lets_entries_live_as_long_as_they_would() {
        map.put("audit-cold", "in the shard only");
        map.evict("audit-cold");
        map.put("audit-warm", "in memory", 60, TimeUnit.SECONDS);
        map.put("audit-removed", "x");
        map.remove("audit-removed");
        long expires = expiration("audit-warm");

        JsonNode report = grid.grid("audit", "--json").expect(ExitCode.DONE).json();

        assertThat(report.path("agrees").asBoolean()).isTrue();
        assertThat(report.path("partitions").asInt()).isEqualTo(271);
        assertThat(report.path("entries").asInt()).isPositive();
        assertThat(report.path("rows").asInt()).isPositive();
        assertThat(map.getEntryView("audit-cold")).isNull();
        assertThat(expiration("audit-warm")).isEqualTo(expires);
        map.evict("audit-warm");
    }

    @Test
    void documents_and_bytes_are_compared_as_the_members_hold_them() {
        grid.grid("put", "documents", "audit-ü", "{ \"grüß\": 1.00 }").expect(ExitCode.DONE);
        grid.grid("put", "blobs", "audit-b", "AP8K").expect(ExitCode.DONE);
        for (String other : List.of("documents", "blobs")) {
            JsonNode report = grid.grid("audit", "--map", other, "--values", "--json")
                    .expect(ExitCode.DONE)
                    .json();
            assertThat(report.path("entries").asInt()).isPositive();
            assertThat(report.path("passing").asInt()).isZero();
        }
    }

    @Test
    void what_was_changed_behind_the_grids_back_is_named_and_what_is_in_memory_of_it_is_repaired() throws SQLException {
        map.put("audit-changed", "as it was put", 60, TimeUnit.SECONDS);
        map.put("audit-astray", "a");
        map.put("audit-brief", "lives five seconds");
        JsonNode changed = where("audit-changed");
        JsonNode astray = where("audit-astray");
        String primary = host(changed, "primary");
        sql(primary, "UPDATE kv.entries SET value = 'as someone else wrote it' WHERE key = 'audit-changed'");
        sql(host(where("audit-brief"), "primary"), "UPDATE kv.entries SET value = 'b' WHERE key = 'audit-brief'");
        String other = host(astray, "primary").startsWith("shard-1/") ? "shard-2" : "shard-1";
        String otherPrimary = primaryOf(other);
        String insert = "INSERT INTO kv.entries (key, partition, value, written_at) VALUES ";
        sql(otherPrimary, insert + "('audit-astray', " + astray.path("partition") + ", 'b', now())");
        int wrong = (astray.path("partition").asInt() + 1) % 271;
        sql(host(astray, "primary"), "UPDATE kv.entries SET partition = " + wrong + " WHERE key = 'audit-astray'");
        try {
            Result first = grid.grid("audit", "--json", "--repair", "--values");

            JsonNode report = first.expect(ExitCode.NO).json();
            JsonNode memory = only(report, "audit-changed");
            assertThat(memory.path("kind").asText()).isEqualTo("memory");
            assertThat(memory.path("memory").asText()).contains("13 bytes", "as it was put");
            assertThat(memory.path("primary").asText()).contains("24 bytes", "as someone else");
            assertThat(memory.path("standbys")).hasSize(2);
            assertThat(memory.path("partition")).isEqualTo(changed.path("partition"));
            assertThat(memory.path("shard")).isEqualTo(changed.path("shard"));
            assertThat(memory.path("seconds").asDouble()).isGreaterThan(5);
            assertThat(memory.path("advice").asText()).startsWith("evicted");
            assertThat(map.get("audit-changed")).isEqualTo("as someone else wrote it");
            assertThat(report.path("differences").findValuesAsText("kind"))
                    .containsExactlyInAnyOrder("memory", "shard", "partition");
            assertThat(report.path("differences").findValuesAsText("key"))
                    .containsExactlyInAnyOrder("audit-changed", "audit-astray", "audit-astray");
            assertThat(report.path("passing").asInt()).isPositive(); // audit-brief
        } finally {
            sql(otherPrimary, "DELETE FROM kv.entries WHERE key = 'audit-astray'");
            map.put("audit-astray", "names its partition again");
        }
        grid.grid("audit").expect(ExitCode.DONE);
    }

    private String primaryOf(String shard) {
        return StreamSupport.stream(
                        grid.grid("status", "--json").json().path("shards").spliterator(), false)
                .filter(known -> known.path("name").asText().equals(shard))
                .flatMap(known -> StreamSupport.stream(known.path("nodes").spliterator(), false))
                .filter(node -> node.path("role").asText().equals("primary"))
                .map(node -> node.path("name").asText())
                .findFirst()
                .orElseThrow();
    }

    @Test
    void a_standby_that_does_not_replay_is_said_to_be_behind() throws SQLException {
        map.put("audit-behind", "1");
        String standby = host(where("audit-behind"), "standby");
        sql(standby, "SELECT pg_wal_replay_pause()");
        try {
            map.put("audit-behind", "2");

            Result result = grid.grid("audit", "--wait", "1").expect(ExitCode.FAILED);

            assertThat(result.out())
                    .contains("not compared", standby + ": behind: it has replayed up to")
                    .contains("not all could be compared");
        } finally {
            sql(standby, "SELECT pg_wal_replay_resume()");
        }
        grid.grid("audit").expect(ExitCode.DONE);
    }

    /** A standby can't be written, so a policy hides a row there: streaming is sound, and the row is not. */
    @Test
    void a_row_that_only_the_primary_has_is_named_with_the_standbys_that_miss_it() throws SQLException {
        map.put("audit-hidden", "on the primary only");
        String primary = host(where("audit-hidden"), "primary");
        sql(primary, """
                CREATE POLICY hides ON kv.entries USING (key <> 'audit-hidden' OR NOT pg_is_in_recovery());
                ALTER TABLE kv.entries ENABLE ROW LEVEL SECURITY""");
        try {
            JsonNode report = grid.grid("audit", "--json").expect(ExitCode.NO).json();

            assertThat(report.path("differences").findValuesAsText("kind")).containsExactly("standby", "standby");
            assertThat(report.path("differences").findValuesAsText("key")).containsOnly("audit-hidden");
        } finally {
            sql(primary, """
                    ALTER TABLE kv.entries DISABLE ROW LEVEL SECURITY;
                    DROP POLICY hides ON kv.entries""");
        }
        grid.grid("audit").expect(ExitCode.DONE);
    }

    @Test
    void under_load_and_with_writes_straight_to_the_shards_there_is_no_difference() {
        AtomicBoolean stop = new AtomicBoolean();
        try (DirectGrid shards = DirectGrid.open(running.config(), new SimpleMeterRegistry())) {
            List<CompletableFuture<Integer>> load = new ArrayList<>();
            for (int thread = 0; thread < 4; thread++) {
                int number = thread;
                load.add(CompletableFuture.supplyAsync(() -> write(shards.map("kv"), number, stop)));
            }

            JsonNode report = grid.grid("audit", "--json").expect(ExitCode.DONE).json();

            stop.set(true);
            assertThat(report.path("passing").asInt()).isPositive();
            assertThat(load).allSatisfy(writes -> assertThat(writes.join()).isGreaterThan(50));
        } finally {
            stop.set(true);
        }
    }

    /** Every third put goes to the shard, as a resilient client's fallback does whose eviction has not arrived yet. */
    private int write(DirectMap rows, int thread, AtomicBoolean stop) {
        int writes = 0;
        for (; !stop.get(); writes++) {
            String key = "audit-load-" + thread + "-" + writes % 20;
            if (writes % 3 == 0) {
                rows.put(key, "direct " + writes).run(null, new Sending(Duration.ofSeconds(15)));
            } else {
                map.put(key, "put " + writes);
            }
        }
        return writes;
    }

    @Test
    void a_partition_that_the_grid_does_not_have_is_refused() {
        assertThat(grid.grid("audit", "--partitions", "271")
                        .expect(ExitCode.USAGE)
                        .err())
                .contains("0 to 270");
    }
}
