package io.throughline.mapstore.direct;

import static org.assertj.core.api.Assertions.assertThat;

import io.throughline.mapstore.config.GridMapConfig;
import io.throughline.mapstore.config.ValueFormat;
import io.throughline.mapstore.row.ColumnValue;
import io.throughline.mapstore.row.RowOperation;
import io.throughline.mapstore.row.RowOperation.Verb;
import io.throughline.mapstore.statement.DirectReply;
import io.throughline.mapstore.statement.DirectWrite;
import io.throughline.mapstore.statement.DirectWrite.Kind;
import io.throughline.mapstore.statement.MapTable;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class VerdictTest {

    private static final long NOW = 1_000_000;
    private static final MapTable KV = MapTable.of(new GridMapConfig("kv", ValueFormat.TEXT, "kv", 100));

    private static Verdict verdict(Kind kind, DirectReply reply, long deadline) {
        DirectWrite write = new DirectWrite(
                kind,
                new RowOperation(Verb.PUT, "kv", "k", 0, "shard-1"),
                KV,
                new ColumnValue("new", 3),
                kind == Kind.REPLACE ? new ColumnValue("old", 3) : null,
                7);
        return Verdict.of(write, reply, deadline, Duration.ofMillis(100), true);
    }

    private static DirectReply reply(boolean taken, long notBefore, @Nullable String value) {
        return new DirectReply(taken, notBefore, value, NOW, true, true, false);
    }

    @Test
    void what_the_row_has_taken_is_written_whatever_else_it_says() {
        for (Kind kind : Kind.values()) {
            assertThat(verdict(kind, reply(true, NOW + 5, "other"), NOW)).isEqualTo(Verdict.WRITTEN);
        }
    }

    @Test
    void a_later_deadline_has_to_be_overtaken() {
        assertThat(verdict(Kind.PUT, reply(false, NOW, "other"), NOW)).isEqualTo(Verdict.OVERTAKEN);
        assertThat(verdict(Kind.REPLACE, reply(false, NOW + 1, "other"), NOW)).isEqualTo(Verdict.OVERTAKEN);
    }

    @Test
    void a_condition_decides_where_the_deadline_does_not() {
        assertThat(verdict(Kind.REPLACE, reply(false, NOW - 1, "other"), NOW)).isEqualTo(Verdict.CONDITION_FAILED);
        assertThat(verdict(Kind.REPLACE, reply(false, 0, null), NOW)).isEqualTo(Verdict.CONDITION_FAILED);
        assertThat(verdict(Kind.PUT_IF_ABSENT, reply(false, 0, "there"), NOW)).isEqualTo(Verdict.CONDITION_FAILED);
    }

    /** The row changed between the write and the look at it. */
    @Test
    void a_condition_that_holds_by_now_is_tried_again() {
        assertThat(verdict(Kind.REPLACE, reply(false, 0, "old"), NOW)).isEqualTo(Verdict.CHANGED);
        assertThat(verdict(Kind.PUT_IF_ABSENT, reply(false, 0, null), NOW)).isEqualTo(Verdict.CHANGED);
    }

    @Test
    void a_deadline_too_far_ahead_is_named_before_it_is_compared() {
        assertThat(verdict(Kind.PUT, reply(false, NOW + 200, "other"), NOW + 101))
                .isEqualTo(Verdict.AHEAD);
    }

    @Test
    void without_replication_nothing_was_written() {
        DirectReply off = new DirectReply(false, 0, null, NOW, false, false, false);
        assertThat(verdict(Kind.PUT, off, NOW)).isEqualTo(Verdict.NOT_REPLICATED);
    }
}
