package io.throughline.torture.model;

import static org.assertj.core.api.Assertions.assertThat;

import io.throughline.mapstore.attempt.Attempt;
import io.throughline.mapstore.attempt.AttemptOutcome;
import io.throughline.mapstore.row.ColumnValue;
import io.throughline.mapstore.row.RowOperation;
import io.throughline.mapstore.row.RowOperation.Verb;
import io.throughline.mapstore.statement.BatchReply;
import io.throughline.mapstore.statement.DirectReply;
import io.throughline.mapstore.statement.DirectStatement;
import io.throughline.mapstore.statement.DirectWrite;
import io.throughline.mapstore.statement.DirectWrite.Kind;
import io.throughline.mapstore.statement.RowWrite;
import io.throughline.mapstore.statement.WriteStatement;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** The model's rows and the real statements on a real shard make the same of thousands of random rows. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RowAgreementTest {

    private static final long SEED = 26;
    private static final int ROWS = 3_000;
    private static final int DIRECT_ROWS = 2_000;
    private static final Duration SKEW = Duration.ofSeconds(60);
    private static final ColumnValue AFTER = new ColumnValue("after", 5);

    private final RowRules rules = new RowRules(4, SKEW.toMillis(), Set.of());
    private AgreementShard shard;
    private RandomRows random;
    private long now;

    /** Its row, and what the model makes of it. */
    private record Expected(Row row, AttemptOutcome outcome) {}

    @BeforeAll
    void start(@TempDir Path folder) throws Exception {
        // PostgreSQL runs as another user where this one is root.
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwx--x--x"));
        shard = new AgreementShard(folder);
        now = shard.now();
        random = new RandomRows(SEED, now);
    }

    @AfterAll
    void stop() throws SQLException {
        shard.close();
    }

    private Map<String, Row> given(int count) throws SQLException {
        Map<String, Row> rows = new TreeMap<>();
        for (int number = 0; number < count; number++) {
            rows.put("key-%05d".formatted(number), random.row());
        }
        shard.holds(rows);
        return rows;
    }

    private Row found(Map<String, Row> rows, String key) {
        return rows.getOrDefault(key, Row.NONE);
    }

    private BatchReply run(List<RowWrite> writes) throws SQLException {
        BatchReply reply = WriteStatement.of(writes, true, SKEW).execute(shard.connection(), AgreementShard.STAMP);
        assertThat(reply.applied(AgreementShard.STAMP, true)).isTrue();
        return reply;
    }

    @Test
    void attempts_through_a_member() throws SQLException {
        Map<String, Row> given = given(ROWS);
        Map<String, Expected> expected = new HashMap<>();
        List<RowWrite> writes = new ArrayList<>();
        given.forEach((key, row) -> {
            Attempt attempt = new Attempt(Math.abs(random.deadline(row)), random.id());
            RowRules.Attempted attempted = rules.attempt(row, attempt.id(), attempt.deadline(), now);
            expected.put(key, new Expected(attempted.row(), attempted.outcome()));
            writes.add(new RowWrite(AgreementShard.operation(Verb.PUT, key), AgreementShard.KV, AFTER, attempt));
        });
        BatchReply reply = run(writes);
        Map<String, Row> rows = shard.rows(now);
        for (RowWrite write : writes) {
            String key = write.operation().key();
            assertThat(new Expected(found(rows, key), reply.outcomeOf(write)))
                    .as("%s, %s", given.get(key), write.attempt())
                    .isEqualTo(expected.get(key));
        }
        assertThat(expected.values().stream().map(Expected::outcome)).contains(AttemptOutcome.values());
    }

    @Test
    void plain_puts() throws SQLException {
        Map<String, Row> given = given(ROWS);
        run(given.keySet().stream()
                .map(key -> new RowWrite(AgreementShard.operation(Verb.PUT, key), AgreementShard.KV, AFTER, null))
                .toList());
        Map<String, Row> rows = shard.rows(now);
        given.forEach(
                (key, row) -> assertThat(found(rows, key)).as(row.toString()).isEqualTo(rules.put(row)));
    }

    @Test
    void plain_deletes() throws SQLException {
        Map<String, Row> given = given(ROWS);
        run(given.keySet().stream()
                .map(key -> new RowWrite(AgreementShard.operation(Verb.REMOVE, key), AgreementShard.KV, null, null))
                .toList());
        Map<String, Row> rows = shard.rows(now);
        given.forEach(
                (key, row) -> assertThat(found(rows, key)).as(row.toString()).isEqualTo(rules.delete(row)));
    }

    @Test
    void direct_writes_and_removes() throws SQLException {
        Map<String, Row> given = given(DIRECT_ROWS);
        DirectStatement statement = new DirectStatement(SKEW, true);
        Map<String, Row> expected = new HashMap<>();
        int taken = 0;
        for (Map.Entry<String, Row> entry : given.entrySet()) {
            Row row = entry.getValue();
            boolean removes = random.chance();
            long id = random.id();
            long deadline = Math.abs(random.deadline(row));
            boolean seal = random.chance();
            long forgottenFrom = random.forgottenFrom();
            RowRules.Written written = rules.direct(row, removes, id, deadline, seal, forgottenFrom, now);
            DirectReply reply = statement.write(
                    shard.connection(), direct(entry.getKey(), removes, id), deadline, seal, forgottenFrom);
            assertThat(reply.taken())
                    .as("%s, id %d, deadline %d, seal %s, forgotten from %d", row, id, deadline, seal, forgottenFrom)
                    .isEqualTo(written.row().hasTaken(id));
            expected.put(entry.getKey(), written.row());
            taken += written.applied() ? 1 : 0;
        }
        Map<String, Row> rows = shard.rows(now);
        given.forEach(
                (key, row) -> assertThat(found(rows, key)).as(row.toString()).isEqualTo(expected.get(key)));
        assertThat(taken).isBetween(DIRECT_ROWS / 5, DIRECT_ROWS * 4 / 5);
    }

    /** What the model found, on the real row: docs/model.md. */
    @Test
    void an_attempt_is_taken_again_before_its_deadline_when_four_others_were() throws SQLException {
        shard.holds(Map.of());
        DirectStatement statement = new DirectStatement(SKEW, true);
        RowWrite attempt = new RowWrite(
                AgreementShard.operation(Verb.PUT, "key"), AgreementShard.KV, AFTER, new Attempt(now + 50_000, 2));
        assertThat(run(List.of(attempt)).outcomeOf(attempt)).isEqualTo(AttemptOutcome.APPLIED);
        for (long id = 4; id <= 8; id += 2) {
            statement.write(shard.connection(), direct("key", false, id), now + id, false, Long.MAX_VALUE);
        }
        assertThat(run(List.of(attempt)).outcomeOf(attempt)).isEqualTo(AttemptOutcome.REPEATED);
        statement.write(shard.connection(), direct("key", true, 10), now + 10, false, Long.MAX_VALUE);
        assertThat(run(List.of(attempt)).outcomeOf(attempt)).isEqualTo(AttemptOutcome.APPLIED);
    }

    private static DirectWrite direct(String key, boolean removes, long id) {
        RowOperation operation = AgreementShard.operation(removes ? Verb.REMOVE : Verb.PUT, key);
        return new DirectWrite(
                removes ? Kind.REMOVE : Kind.PUT, operation, AgreementShard.KV, removes ? null : AFTER, null, id);
    }
}
