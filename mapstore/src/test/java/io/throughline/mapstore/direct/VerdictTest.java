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
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class VerdictTest {

    private static final long NOW = 1_000_000;
    private static final MapTable KV = MapTable.of(new GridMapConfig("kv", ValueFormat.TEXT, "kv", 100));

    private static Verdict verdict(Kind kind, DirectReply reply, long deadline) {
        return verdict(kind, reply, deadline, Long.MAX_VALUE);
    }

    private static Verdict verdict(Kind kind, DirectReply reply, long deadline, long firstSent) {
        DirectWrite write = new DirectWrite(
                kind,
                new RowOperation(Verb.PUT, "kv", "k", 0, "shard-1"),
                KV,
                new ColumnValue("new", 3),
                kind == Kind.REPLACE ? new ColumnValue("old", 3) : null,
                7);
        return Verdict.of(write, reply, deadline, firstSent, Duration.ofMillis(100), true);
    }

    private static DirectReply reply(boolean taken, long notBefore, @Nullable String value) {
        return new DirectReply(taken, notBefore, value, List.of(), NOW, true, true, false);
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
        DirectReply off = new DirectReply(false, 0, null, List.of(), NOW, false, false, false);
        assertThat(verdict(Kind.PUT, off, NOW)).isEqualTo(Verdict.NOT_REPLICATED);
    }

    private static DirectReply remembering(Long... attempts) {
        return new DirectReply(false, 0, "other", List.of(attempts), NOW, true, true, false);
    }

    /** Of an operation whose first copy was sent at 500,000. */
    private static Verdict afterACopy(Kind kind, DirectReply reply) {
        return verdict(kind, reply, NOW, 500_000);
    }

    @Test
    void what_a_row_still_remembers_from_before_a_copy_was_sent_shows_that_none_was_forgotten() {
        assertThat(afterACopy(Kind.PUT, remembering(2L, 600_000L, 4L, 600_000L, 6L, 600_000L, 8L, 499_000L)))
                .isEqualTo(Verdict.CHANGED);
        assertThat(afterACopy(Kind.PUT, remembering(2L, 600_000L, 4L, 600_000L, 6L, 600_000L)))
                .isEqualTo(Verdict.CHANGED);
    }

    @Test
    void a_put_that_may_have_been_forgotten_was_overwritten_by_a_later_put() {
        assertThat(afterACopy(Kind.PUT, remembering(1L, 600_003L, 3L, 600_002L, 6L, 600_001L, 7L, 600_000L)))
                .isEqualTo(Verdict.WRITTEN);
    }

    @Test
    void what_only_conditional_operations_have_followed_can_be_either() {
        assertThat(afterACopy(Kind.PUT, remembering(1L, 600_003L, 3L, 600_002L, 5L, 600_001L, 7L, 600_000L)))
                .isEqualTo(Verdict.FORGOTTEN);
        assertThat(afterACopy(Kind.REPLACE, remembering(2L, 600_003L, 4L, 600_002L, 6L, 600_001L, 8L, 600_000L)))
                .isEqualTo(Verdict.FORGOTTEN);
        assertThat(afterACopy(Kind.PUT, remembering(2L, 500_040L, 4L, 500_030L, 6L, 500_020L, 8L, 500_010L)))
                .as("all within what this client may be off with")
                .isEqualTo(Verdict.FORGOTTEN);
    }
}
