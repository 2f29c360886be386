package io.throughline.mapstore.direct;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.throughline.localpostgres.Node;
import io.throughline.mapstore.RefusedException;
import io.throughline.mapstore.UnknownOutcomeException;
import io.throughline.mapstore.attempt.Attempt;
import io.throughline.mapstore.config.GridConfig;
import io.throughline.mapstore.config.ValueFormat;
import io.throughline.mapstore.fixture.FaultProxy;
import io.throughline.mapstore.fixture.FaultProxy.Held;
import io.throughline.mapstore.fixture.GridDatabase;
import io.throughline.mapstore.fixture.SharedShards;
import io.throughline.mapstore.row.ColumnValue;
import io.throughline.mapstore.row.RowOperation;
import io.throughline.mapstore.row.RowOperation.Verb;
import io.throughline.mapstore.schema.SchemaMigration;
import io.throughline.mapstore.statement.DirectWrite;
import io.throughline.mapstore.statement.DirectWrite.Kind;
import io.throughline.mapstore.statement.MapTable;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A client's own writes to a shard, against its rows. */
@ExtendWith(SharedShards.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class DirectShardTest {

    private static final String SHARD = "shard-1";

    private final AtomicLong ids = new AtomicLong(100);
    private GridDatabase database;
    private GridConfig config;
    private DirectShard shard;

    @BeforeAll
    void open(GridDatabase gridDatabase) {
        database = gridDatabase;
        SchemaMigration.migrate(database.config());
        config = database.config();
        shard = shard(config);
    }

    @AfterAll
    void close() {
        shard.close();
    }

    private static DirectShard shard(GridConfig config) {
        return new DirectShard(config, config.shards().get(0), new SimpleMeterRegistry());
    }

    private DirectWrite write(Kind kind, String map, String key, @Nullable Object value, @Nullable Object expected) {
        return new DirectWrite(
                kind,
                new RowOperation(kind == Kind.REMOVE ? Verb.REMOVE : Verb.PUT, map, key, 2, SHARD),
                MapTable.of(config.map(map).orElseThrow()),
                column(value),
                column(expected),
                ids.addAndGet(2) + (kind.conditional() ? 1 : 0));
    }

    private static @Nullable ColumnValue column(@Nullable Object value) {
        return value == null ? null : new ColumnValue(value, 1);
    }

    private DirectOutcome put(String key, String value) {
        return shard.write(write(Kind.PUT, "kv", key, value, null), null, sending());
    }

    private @Nullable Object read(DirectShard from, String map, String key) {
        RowOperation operation = new RowOperation(Verb.LOAD, map, key, 2, SHARD);
        return from.read(operation, MapTable.of(config.map(map).orElseThrow()), List.of(key), sending())
                .get(key);
    }

    private String row(String columns, String key) {
        return String.join(
                "", database.query(SHARD, "SELECT " + columns + " FROM kv.entries WHERE key = '" + key + "'"));
    }

    @Test
    void every_kind_of_write_in_every_format() {
        Map<String, List<Object>> values = Map.of(
                "kv", List.of("eins", "zwei"),
                "documents", List.of("{ \"a\" :1}", "{\"a\":1}"),
                "blobs", List.of("x".getBytes(StandardCharsets.UTF_8), new byte[0]));
        values.forEach((map, two) -> {
            assertThat(shard.write(write(Kind.PUT_IF_ABSENT, map, "k", two.get(0), null), null, sending()))
                    .isEqualTo(DirectOutcome.APPLIED);
            DirectOutcome there = shard.write(write(Kind.PUT_IF_ABSENT, map, "k", two.get(1), null), null, sending());
            assertThat(there.applied()).isFalse();
            assertThat(there.current()).isEqualTo(two.get(0));
            assertThat(shard.write(write(Kind.REPLACE, map, "k", two.get(0), two.get(1)), null, sending())
                            .applied())
                    .isFalse();
            assertThat(shard.write(write(Kind.REPLACE, map, "k", two.get(1), two.get(0)), null, sending())
                            .applied())
                    .isTrue();
            assertThat(read(shard, map, "k")).isEqualTo(two.get(1));
            shard.write(write(Kind.PUT, map, "k", two.get(0), null), null, sending());
            assertThat(read(shard, map, "k")).isEqualTo(two.get(0));
            shard.write(write(Kind.REMOVE, map, "k", null, null), null, sending());
            assertThat(read(shard, map, "k")).isNull();
            assertThat(shard.write(write(Kind.REPLACE, map, "k", two.get(1), two.get(0)), null, sending())
                            .applied())
                    .isFalse();
            assertThat(shard.write(write(Kind.PUT_IF_ABSENT, map, "k", two.get(1), null), null, sending())
                            .applied())
                    .isTrue();
        });
        assertThat(config.map("blobs").orElseThrow().valueFormat()).isEqualTo(ValueFormat.BINARY);
    }

    @Test
    void an_attempt_that_landed_is_the_fallback_and_no_copy_of_it_lands_again() {
        Attempt attempt = new Attempt(shard.now() + 250, 77);
        database.execute(
                SHARD,
                "INSERT INTO kv.entries VALUES ('landed', 2, 'mine', -" + attempt.deadline() + ", '{77,1}', now())");
        database.execute(SHARD, "UPDATE kv.entries SET value = 'built upon it' WHERE key = 'landed'");
        DirectWrite fallback = new DirectWrite(
                Kind.PUT,
                new RowOperation(Verb.PUT, "kv", "landed", 2, SHARD),
                MapTable.of(config.map("kv").orElseThrow()),
                new ColumnValue("mine", 4),
                null,
                77);
        assertThat(shard.write(fallback, sent(attempt), sending())).isEqualTo(DirectOutcome.APPLIED);
        assertThat(row("value", "landed")).isEqualTo("built upon it");
        assertThat(row("not_before >= " + attempt.deadline(), "landed")).isEqualTo("t");
    }

    @Test
    void a_condition_that_fails_for_a_fallback_keeps_its_attempt_out_for_good() {
        Attempt attempt = new Attempt(shard.now() + 250, 78);
        DirectOutcome outcome = shard.write(write(Kind.REPLACE, "kv", "sealed", "b", "a"), sent(attempt), sending());
        assertThat(outcome.applied()).isFalse();
        assertThat(row("not_before >= " + attempt.deadline() + " AND value IS NULL", "sealed"))
                .isEqualTo("t");
    }

    @Test
    void a_deadline_ahead_of_the_clock_is_overtaken_and_one_too_far_ahead_is_named() {
        put("ahead", "v");
        database.execute(
                SHARD,
                "UPDATE kv.entries SET not_before = " + (System.currentTimeMillis() + 30_000) + " WHERE key = 'ahead'");
        put("ahead", "w");
        assertThat(row("value", "ahead")).isEqualTo("w");
        database.execute(
                SHARD,
                "UPDATE kv.entries SET not_before = " + (System.currentTimeMillis() + 100_000)
                        + " WHERE key = 'ahead'");
        assertThatThrownBy(() -> put("ahead", "x"))
                .isInstanceOf(RefusedException.class)
                .hasMessageContaining("CLOCK_SKEW")
                .hasMessageContaining("attempts.max-clock-skew");
    }

    /** It landed, and four others have pushed it out of the row's memory before its fallback came. */
    @Test
    void an_operation_that_the_row_may_have_forgotten_is_not_written_again() {
        DirectOutcome first = shard.write(write(Kind.PUT, "kv", "forgotten", "mine", null), null, sending());
        assertThat(first.applied()).isTrue();
        DirectWrite mine = write(Kind.PUT, "kv", "forgotten", "mine", null);
        SentAttempt attempt = new SentAttempt(new Attempt(shard.now() + 250, mine.id()), shard.now() - 200);
        for (int number = 0; number < 4; number++) {
            String before = number == 0 ? "mine" : "built " + (number - 1);
            assertThat(shard.write(write(Kind.REPLACE, "kv", "forgotten", "built " + number, before), null, sending())
                            .applied())
                    .isTrue();
        }
        assertThatThrownBy(() -> shard.write(mine, attempt, sending()))
                .isInstanceOf(UnknownOutcomeException.class)
                .hasMessageContaining("than it remembers");
        assertThat(row("value", "forgotten")).isEqualTo("built 3");
        for (int number = 0; number < 4; number++) {
            put("forgotten", "put " + number);
        }
        assertThat(shard.write(mine, attempt, sending()))
                .as("overwritten: it counts as written before the next put")
                .isEqualTo(DirectOutcome.APPLIED);
        assertThat(row("value", "forgotten")).isEqualTo("put 3");
    }

    /** One refusal must not poison the connection for whoever has it next. */
    @Test
    void a_connection_that_postgresql_refused_a_row_on_serves_the_next_read() {
        put("refused", "before");
        database.execute(SHARD, "REVOKE UPDATE ON kv.entries FROM throughline");
        assertThatThrownBy(() -> put("refused", "after"))
                .isInstanceOf(RefusedException.class)
                .hasMessageContaining("DATABASE_REFUSED");
        database.execute(SHARD, "GRANT UPDATE ON kv.entries TO throughline");
        assertThat(read(shard, "kv", "refused")).isEqualTo("before");
        put("refused", "after");
        assertThat(row("value", "refused")).isEqualTo("after");
    }

    private Sending sending() {
        return new Sending(config.fallback().directTimeout());
    }

    /** As after a failover to a machine whose clock is not the old one's. */
    @ParameterizedTest
    @ValueSource(longs = {-60_000, 59_000})
    void an_attempt_whose_deadline_is_a_minute_off_is_fallen_back_on_all_the_same(long off) {
        Attempt attempt = new Attempt(shard.now() + off, off > 0 ? 80 : 78);
        DirectWrite fallback = new DirectWrite(
                Kind.PUT,
                new RowOperation(Verb.PUT, "kv", "a-minute-off", 2, SHARD),
                MapTable.of(config.map("kv").orElseThrow()),
                new ColumnValue("mine", 4),
                null,
                off > 0 ? 80 : 78);
        assertThat(shard.write(fallback, sent(attempt), sending()).applied()).isTrue();
        assertThat(row("not_before > " + attempt.deadline(), "a-minute-off")).isEqualTo("t");
        put("a-minute-off", "another");
        assertThat(row("value", "a-minute-off")).isEqualTo("another");
    }

    @Test
    void what_was_called_off_before_it_was_sent_never_is() {
        Sending sending = sending();
        assertThat(sending.callOff()).isTrue();
        assertThat(shard.write(write(Kind.PUT, "kv", "off", "v", null), null, sending))
                .isEqualTo(DirectOutcome.CALLED_OFF);
        assertThat(row("key", "off")).isEmpty();
    }

    @Test
    void without_replication_a_direct_write_is_refused() {
        String before = database.query(SHARD, "SHOW synchronous_standby_names").get(0);
        put("guard", "before");
        replication("''");
        try {
            await().untilAsserted(() -> assertThatThrownBy(() -> put("guard", "alone"))
                    .isInstanceOf(RefusedException.class)
                    .hasMessageContaining("NOT_REPLICATED"));
        } finally {
            replication("'" + before + "'");
        }
        await().untilAsserted(() -> put("guard", "again"));
    }

    private void replication(String names) {
        database.execute(SHARD, "ALTER SYSTEM SET synchronous_standby_names = " + names);
        database.execute(SHARD, "SELECT pg_reload_conf()");
    }

    /** PostgreSQL calls it a success, with a warning. */
    @Test
    void a_commit_whose_wait_was_cancelled_is_not_acknowledged() {
        put("cancelled", "before");
        List<Node> standbys = database.shards().shard(SHARD).standbys();
        standbys.forEach(database.shards()::pause);
        try {
            CompletableFuture<DirectOutcome> late = CompletableFuture.supplyAsync(() -> put("cancelled", "after"));
            await().until(() -> database.query(SHARD, """
                            SELECT pg_cancel_backend(pid) FROM pg_stat_activity
                            WHERE application_name = 'throughline client' AND wait_event = 'SyncRep'
                            """).contains("t"));
            assertThatThrownBy(late::join)
                    .hasCauseInstanceOf(UnknownOutcomeException.class)
                    .hasMessageContaining("no standby has confirmed it");
        } finally {
            standbys.forEach(database.shards()::resume);
        }
    }

    /** Point 5 of the promise: whatever was acknowledged after a lost copy stays. */
    @Test
    void a_lost_copy_that_is_delivered_late_overwrites_nothing() throws Exception {
        try (FaultProxy proxy = FaultProxy.to(this::primary)) {
            Map<String, List<String>> hosts = new TreeMap<>(database.hosts());
            hosts.put(SHARD, List.of(proxy.address()));
            try (DirectShard far = shard(configOver(hosts))) {
                DirectWrite before = write(Kind.PUT, "kv", "late", "before", null);
                far.write(before, null, sending());
                for (Kind kind : new Kind[] {Kind.PUT, Kind.REMOVE}) {
                    lateCopy(proxy, far, kind);
                }
            }
        }
    }

    private void lateCopy(FaultProxy proxy, DirectShard far, Kind kind) throws Exception {
        put("late", "built upon");
        Held held = proxy.holdToServer();
        far.write(write(kind, "kv", "late", kind == Kind.PUT ? "A" : null, null), null, sending());
        assertThat(held.hasBytes()).isTrue();
        assertThat(row("coalesce(value, 'none')", "late")).isEqualTo(kind == Kind.PUT ? "A" : "none");
        database.execute(SHARD, "UPDATE kv.entries SET value = 'plain put of B' WHERE key = 'late'");
        // Out of the memory of the last four operations, so that the deadline alone is left to refuse the copy.
        database.execute(SHARD, "UPDATE kv.entries SET attempts = '{1,1,2,1,3,1,4,1}' WHERE key = 'late'");
        held.deliver();
        await().until(held::answered);
        assertThat(row("value", "late")).isEqualTo("plain put of B");
    }

    private static SentAttempt sent(Attempt attempt) {
        return new SentAttempt(attempt, attempt.deadline() - 250);
    }

    private GridConfig configOver(Map<String, List<String>> hosts) {
        return database.config(database.yaml(hosts) + database.maps()
                + "connections: {socket-timeout: 1s, connect-timeout: 1s}\nfallback: {direct-timeout: 4s}\n");
    }

    private InetSocketAddress primary() {
        var node = database.shards().shard(SHARD).primary();
        return new InetSocketAddress(node.host(), node.port());
    }

    @Test
    void swapped_hosts_are_noticed_before_a_row_goes_astray() {
        Map<String, List<String>> hosts = new TreeMap<>(database.hosts());
        List<String> first = hosts.get(SHARD);
        hosts.put(SHARD, hosts.get("shard-2"));
        hosts.put("shard-2", first);
        try (DirectShard astray = shard(configOver(hosts))) {
            assertThatThrownBy(() -> astray.write(
                            write(Kind.PUT, "kv", "astray", "v", null), null, new Sending(Duration.ofSeconds(2))))
                    .isInstanceOf(RefusedException.class)
                    .hasMessageContaining("the hosts of shard-1 lead to shard-2");
        }
    }
}
