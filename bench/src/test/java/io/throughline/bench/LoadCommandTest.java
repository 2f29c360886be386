package io.throughline.bench;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.throughline.bench.ledger.KeyNames;
import io.throughline.bench.ledger.StampedValues;
import io.throughline.cli.ExitCode;
import io.throughline.cli.LocalGrid;
import io.throughline.localpostgres.Node;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@ExtendWith(SharedGrid.class)
final class LoadCommandTest {

    private static final String SHARD = "shard-1";

    /** The row of this run that was written last, on one shard. */
    private static final String ONE_ROW = "SELECT key, value FROM kv.entries ORDER BY written_at DESC LIMIT 1";

    private final LocalGrid grid;

    LoadCommandTest(LocalGrid grid) {
        this.grid = grid;
    }

    private Run shortLoad(Runnable beforeTheProof, String... more) {
        String[] options = {"--rate", "400", "--duration", "1s", "--keys", "2000"};
        String[] warm = List.of(more).contains("--warm-up") ? new String[0] : new String[] {"--warm-up", "0s"};
        return Run.load(
                grid,
                beforeTheProof,
                Stream.of(options, warm, more).flatMap(Stream::of).toArray(String[]::new));
    }

    @ParameterizedTest
    @ValueSource(strings = {"kv", "documents", "blobs"})
    void every_acknowledged_write_is_on_the_primary_and_both_standbys_of_its_shard(String map) {
        Run run = shortLoad(() -> {}, "--map", map, "--json");
        assertThat(run.exitCode()).as(run.out() + run.err()).isZero();
        JsonNode proof = run.json().path("proof");
        assertThat(proof.path("conclusion").textValue()).isEqualTo("proven");
        assertThat(proof.path("acknowledgedPuts").intValue()).isEqualTo(400);
        assertThat(proof.path("shards")).hasSize(2);
        int rows = 0;
        for (JsonNode shard : proof.path("shards")) {
            assertThat(shard.path("nodes")).hasSize(3);
            for (JsonNode node : shard.path("nodes")) {
                rows += node.path("rows").intValue();
            }
        }
        assertThat(rows).isEqualTo(3 * proof.path("acknowledgedKeys").intValue());
    }

    @Test
    void the_summary_names_rates_latencies_hits_and_the_proof() {
        Run run = shortLoad(() -> {}, "--seed", "7");
        assertThat(run.out())
                .contains("400 puts/s and 400 gets/s on kv for 1.0 s after 0 s of warm-up", "seed 7")
                .containsPattern("puts +400 +\\d+")
                .containsPattern("Gets from memory: \\d+\\.\\d\\d %")
                .containsPattern("Reads: \\d+ gets began after a put of their key was acknowledged; each returned it")
                .contains("Writes: 400 puts acknowledged")
                .contains("Proven: no acknowledged write is missing");
    }

    @Test
    void the_resilient_map_is_loaded_and_proven_like_a_plain_client() {
        JsonNode json = shortLoad(() -> {}, "--client", "resilient", "--json").json();
        assertThat(json.path("load").path("puts").path("succeeded").intValue()).isEqualTo(400);
        assertThat(json.path("proof").path("acknowledgedPuts").intValue()).isEqualTo(400);
    }

    @Test
    void what_the_warm_up_wrote_is_in_the_proof_and_not_in_the_rates() {
        JsonNode json = shortLoad(() -> {}, "--warm-up", "1s", "--json").json();
        assertThat(json.path("load").path("puts").path("succeeded").intValue()).isEqualTo(400);
        assertThat(json.path("proof").path("acknowledgedPuts").intValue()).isEqualTo(800);
    }

    @Test
    void a_row_that_was_deleted_behind_its_back_is_found_and_named() {
        AtomicReference<String> deleted = new AtomicReference<>("");
        Run run = shortLoad(() -> onPrimary(statement -> {
            try (ResultSet row = statement.executeQuery(ONE_ROW)) {
                row.next();
                deleted.set(row.getString(1));
            }
            statement.executeUpdate("DELETE FROM kv.entries WHERE key = '" + deleted + "'");
        }));
        assertThat(run.exitCode()).as(run.out()).isEqualTo(ExitCode.NO.status());
        assertThat(run.out())
                .contains(deleted + ": an acknowledged write is missing (acknowledged: version ")
                .contains("1 WRONG", "BROKEN");
    }

    @Test
    void an_older_version_put_back_behind_its_back_is_found_and_named() {
        AtomicReference<String> changed = new AtomicReference<>("");
        Run run = shortLoad(() -> onPrimary(statement -> {
            String value;
            try (ResultSet row = statement.executeQuery(
                    "SELECT key, value FROM kv.entries WHERE value !~ ' 0000000001 ' ORDER BY written_at DESC LIMIT 1")) {
                row.next();
                changed.set(row.getString(1));
                value = olderThan(row.getString(1), row.getString(2));
            }
            statement.executeUpdate("UPDATE kv.entries SET value = '" + value + "' WHERE key = '" + changed + "'");
        }));
        assertThat(run.exitCode()).as(run.out()).isEqualTo(ExitCode.NO.status());
        assertThat(run.out())
                .contains(changed + ": an acknowledged write was replaced by an earlier version")
                .contains(", acknowledged before)");
    }

    private static String olderThan(String key, String value) {
        KeyNames names = new KeyNames(key.substring(5, 11), 2_000);
        StampedValues values = new StampedValues(names, value.length());
        int number = names.number(key).orElseThrow();
        return values.of(number, values.version(number, value).orElseThrow() - 1);
    }

    @Test
    void without_a_standby_that_has_caught_up_nothing_is_proven() {
        try {
            Run run = shortLoad(
                    () -> {
                        onEachStandby("SELECT pg_wal_replay_pause()");
                        onPrimary(statement -> statement.execute("SELECT pg_switch_wal()"));
                    },
                    "--patience",
                    "2s");
            assertThat(run.exitCode()).as(run.out()).isEqualTo(ExitCode.FAILED.status());
            assertThat(run.out()).contains("not compared: it has replayed up to", "NOT PROVEN");
        } finally {
            onEachStandby("SELECT pg_wal_replay_resume()");
        }
    }

    @Test
    void a_standby_that_is_down_is_named_and_the_other_one_is_proof_enough() {
        Node standby = grid.shards().shard(SHARD).standbys().get(0);
        grid.shards().stop(standby);
        try {
            Run run = shortLoad(() -> {}, "--patience", "1s");
            assertThat(run.exitCode()).as(run.out()).isZero();
            assertThat(run.out()).containsPattern(standby.address() + " +not compared: ");
        } finally {
            grid.shards().start(standby);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "--rate,0,--rate is above 0",
        "--read-share,1,--read-share is 0 to 0.99",
        "--keys,0,--keys is 1 to",
        "--hot,half,is not KEYS:SHARE",
        "--hot,100000:0.5,--hot names fewer keys",
        "--value-bytes,10,--value-bytes is 41",
        "--value-bytes,2MiB,max-value-bytes of the map 'kv'",
        "--map,nope,There is no map 'nope'",
        "--duration,soon,is no duration",
        "--connect,127.0.0.1:5701,--connect needs --config"
    })
    void a_wrong_option_is_refused_with_what_would_be_right(String option, String value, String message) {
        Run run = Run.load(grid, option, value);
        assertThat(run.exitCode()).isEqualTo(ExitCode.USAGE.status());
        assertThat(run.err()).contains(message);
        assertThat(run.out()).isEmpty();
    }

    @Test
    void a_grid_that_was_not_started_by_this_tool_is_named_by_addresses_and_configuration() {
        Path config = grid.directory().throughlineYaml();
        String member = grid.members().get(0).address();
        Run run = shortLoad(() -> {}, "--connect", member, "--config", config.toString());
        assertThat(run.exitCode()).as(run.out() + run.err()).isZero();
        assertThat(run.out()).contains("Gets from memory: not known", "Proven");
    }

    private interface Work {
        void on(Statement statement) throws SQLException;
    }

    private void onPrimary(Work work) {
        on(grid.shards().shard(SHARD).primary(), work);
    }

    private void onEachStandby(String sql) {
        grid.shards().shard(SHARD).standbys().forEach(standby -> on(standby, statement -> statement.execute(sql)));
    }

    private void on(Node node, Work work) {
        try (Connection connection = grid.shards().connect(node);
                Statement statement = connection.createStatement()) {
            work.on(statement);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }
}
