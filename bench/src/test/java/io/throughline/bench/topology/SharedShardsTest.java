package io.throughline.bench.topology;

import static org.assertj.core.api.Assertions.assertThat;

import io.throughline.bench.cost.Jvms;
import io.throughline.bench.cost.Meter;
import io.throughline.bench.cost.MeterReader;
import io.throughline.bench.cost.Metered;
import io.throughline.bench.ledger.KeyNames;
import io.throughline.bench.ledger.StampedValues;
import io.throughline.bench.loader.LoaderSetup;
import io.throughline.bench.loader.ProofReport;
import io.throughline.bench.loader.StepOrder;
import io.throughline.bench.loader.StepReport;
import io.throughline.bench.loader.Workload;
import io.throughline.bench.peers.Peer;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class SharedShardsTest {

    private static final String RUN = "shared0";
    private static final int KEYS = 2_000;
    private static final int VALUE_BYTES = 100;

    @TempDir
    private static Path temp = Path.of("");

    private static @Nullable SharedShards started;

    private final KeyNames names = new KeyNames(RUN, KEYS);
    private final StampedValues values = new StampedValues(names, VALUE_BYTES);
    private final SharedShards shards = Objects.requireNonNull(started);

    @BeforeAll
    static void start() {
        assertThat(temp.toFile().setExecutable(true, false)).isTrue(); // PostgreSQL runs as another user under root
        started = SharedShards.start(temp.resolve("bench"), 1, 271, FreeAddresses.take(1));
    }

    @AfterAll
    static void stop() {
        if (started != null) {
            started.close();
        }
    }

    @Test
    void a_turn_finds_nothing_of_earlier_ones_and_its_commits_are_counted_at_once() throws SQLException, IOException {
        try (Connection primary =
                        shards.shards().connect(shards.shards().shards().get(0).primary());
                Statement statement = primary.createStatement()) {
            shards.prepare(Peer.THROUGHLINE, names, values);
            shards.prepare(Peer.MAPSTORE, names, values);
            shards.slow(Duration.ofMillis(20));

            shards.prepare(Peer.JDBC, names, values);

            assertThat(number(statement, "SELECT count(*) FROM kv.entries")).isZero();
            assertThat(number(statement, "SELECT count(*) FROM peer_mapstore.entries"))
                    .isZero();
            assertThat(number(statement, "SELECT count(*) FROM peer_jdbc.entries"))
                    .isEqualTo(KEYS);
            assertThat(number(statement, "SELECT setting FROM pg_file_settings WHERE name = 'commit_delay'"))
                    .isZero();
            assertThat(commitsOfHundredWritesAndReads(statement)).isBetween(100L, 110L);
        }
    }

    private static long number(Statement statement, String query) throws SQLException {
        try (ResultSet row = statement.executeQuery(query)) {
            row.next();
            return row.getLong(1);
        }
    }

    private long commitsOfHundredWritesAndReads(Statement statement) throws SQLException {
        try (MeterReader meters = new MeterReader(shards.shards());
                Metered metered = new Metered(Jvms.of(List.of()), Jvms.of(List.of()), List.of())) {
            Meter before = meters.begin(metered);
            for (int each = 0; each < 100; each++) {
                statement.execute("UPDATE peer_jdbc.entries SET value = '' WHERE key = '" + names.name(each) + "'");
                number(statement, "SELECT count(*) FROM peer_jdbc.entries");
            }
            return meters.end(metered).since(before).commits();
        }
    }

    @Test
    void a_load_generator_fills_memory_when_it_is_told_to_and_its_hot_key_is_not_in_its_proof()
            throws SQLException, IOException {
        shards.prepare(Peer.JDBC, names, values);
        LoaderSetup setup = new LoaderSetup(
                Peer.JDBC,
                shards.throughlineYaml().toString(),
                temp.resolve("client").toString(),
                List.of(),
                RUN,
                KEYS,
                VALUE_BYTES,
                4);
        try (LoaderProcess loader = LoaderProcess.start(setup, new ClassPaths(temp), temp)) {
            assertThat(loader.remember()).isPositive();
            StepReport read = loader.run(StepOrder.closed(Workload.READ_CACHED, 4, 200));
            StepReport hot = loader.run(StepOrder.closed(Workload.PUT_HOT, 16, 500));

            assertThat(read.operations()).isPositive();
            assertThat(hot.operations()).isPositive();
            assertThat(hot.failed()).isZero();
            assertThat(loader.prove())
                    .returns(true, ProofReport::holds)
                    .returns(3L * KEYS, ProofReport::rows)
                    .returns(KEYS, ProofReport::acknowledgedKeys);
        }
    }
}
