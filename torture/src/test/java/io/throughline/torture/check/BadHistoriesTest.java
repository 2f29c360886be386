package io.throughline.torture.check;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Histories with a broken promise; what is found, and the operations that show it. */
final class BadHistoriesTest {

    @Test
    void an_acknowledged_put_is_not_seen() {
        Finding found = bad(Kind.STALE_READ, """
                p1 put a    0..10
                p1 put b   20..30
                p2 get a   40..50
                """);
        assertThat(found.operations()).containsExactly(0, 1, 2);
        assertThat(found.offender()).isEqualTo(2);
        assertThat(found.sentence())
                .isEqualTo("Operation 2 (client 2, get → \"a\") saw what operation 1 (client 1, put \"b\") had replaced"
                        + " at least 0.010 s before it began; allowed were 0.000 s.");
    }

    @Test
    void two_readers_see_two_puts_in_different_orders() {
        bad(Kind.NOT_LINEARIZABLE, """
            p1 put a    0..100
            p2 put b    0..100
            p3 get a   10..20
            p3 get b   30..40
            p4 get b   10..20
            p4 get a   30..40
            """);
    }

    @Test
    void a_value_returns_although_nothing_moved() {
        Finding found = bad(Kind.NOT_LINEARIZABLE, """
                p1 put a    0..100
                p2 put b   10..20
                p3 get a    5..6
                p3 get b   30..40
                p3 get a   50..60
                p3 get a   70..80
                """);
        assertThat(found.operations()).containsExactly(0, 2, 1, 4);
        assertThat(found.sentence())
                .isEqualTo(
                        "No order explains these 4 operations of key k: operation 4 (client 3, get → \"a\") fits nowhere.");
    }

    @Test
    void two_conditions_hold_on_one_value() {
        Finding found = bad(Kind.NOT_LINEARIZABLE, """
                p1 put x              0..1
                p1 put a              2..3
                p1 replace a b yes    5..20
                p2 replace a c yes    5..20
                p1 get c             30..31
                """);
        assertThat(found.operations()).containsExactly(1, 2, 3);
    }

    @Test
    void a_condition_fails_that_must_hold() {
        bad(Kind.NOT_LINEARIZABLE, """
            p1 put a              0..1
            p2 replace a b no    10..20
            p1 get a             30..40
            """);
    }

    @Test
    void two_increments_get_one_number() {
        Finding found = bad(Kind.LOST_INCREMENT, """
                p1 inc 1    0..10
                p2 inc 2   20..30
                p3 inc 2   20..30
                """);
        assertThat(found.operations()).containsExactly(1, 2);
    }

    @Test
    void two_increments_get_one_number_of_a_key_that_is_also_put() {
        bad(Kind.NOT_LINEARIZABLE, """
            p1 put 1    0..10
            p2 inc 2   20..30
            p3 inc 2   20..30
            """);
    }

    @Test
    void an_increment_without_an_answer_explains_a_gap_of_one_and_not_of_two() {
        bad(Kind.NOT_LINEARIZABLE, """
            p1 inc 1    0..10
            p2 inc 0   20..30 unknown
            p1 inc 4   40..50
            """);
    }

    @Test
    void a_refused_value_is_read() {
        Finding found = bad(Kind.REFUSED_VALUE, """
                p1 put a    0..10
                p1 put b   20..30 refused
                p2 get b   40..50
                """);
        assertThat(found.operations()).containsExactly(1, 2);
    }

    @Test
    void a_value_is_read_that_nobody_wrote() {
        assertThat(bad(Kind.UNWRITTEN_VALUE, """
                p1 put a    0..10
                p2 get b   40..50
                """).operations()).containsExactly(1);
    }

    @Test
    void a_deleted_value_comes_back() {
        Finding found = bad(Kind.RESURRECTED_DELETE, """
                p1 put a    0..10
                p1 remove  20..30
                p2 get -   40..50
                p2 get a   60..70
                """);
        assertThat(found.operations()).containsExactly(0, 1, 3);
    }

    @Test
    void a_deleted_value_is_still_there_after_one_ttl() {
        bad(Kind.RESURRECTED_DELETE, """
            p1 put a       0..10
            r2 remove     20..30
            p3 get a    5031..5040
            """);
    }

    @Test
    void a_fallback_hides_a_value_for_longer_than_one_ttl() {
        bad(Kind.STALE_READ, """
            p1 put a       0..10
            r2 put b      20..30 direct
            p3 get a    5031..5040
            """);
    }

    @Test
    void a_resilient_client_does_not_see_its_own_fallback() {
        assertThat(bad(Kind.OWN_WRITE_LOST, """
                p1 put a     0..10
                r2 put b    20..30 direct
                r3 put c    40..50 direct
                r2 get a    60..70
                """).operations()).containsExactly(0, 1, 3);
    }

    @Test
    void a_resilient_client_goes_back_behind_what_it_has_read() {
        bad(Kind.NOT_LINEARIZABLE, """
            p1 put a       0..10
            r2 put b      20..30 direct
            r3 get b      60..70
            r3 get a      80..90
            """);
    }

    @Test
    void a_put_through_the_cache_is_not_seen_although_someone_fell_back() {
        bad(Kind.NOT_LINEARIZABLE, """
            p1 put a       0..10
            r2 put b      20..30 direct
            p1 put c      40..50
            p3 get a      60..70
            """);
    }

    @Test
    void a_fallback_is_overtaken_by_what_was_before_it() {
        bad(Kind.NOT_LINEARIZABLE, """
            p1 put a       0..10
            r2 put b      20..30 direct
            r2 get b      35..36
            r3 get b      40..45
            r2 remove     50..60
            r3 get -      70..71
            r3 get b      80..90
            """);
    }

    @Test
    void a_resilient_condition_decides_on_an_old_value() {
        bad(Kind.NOT_LINEARIZABLE, """
            p1 put a               0..10
            r2 put b              20..30 direct
            r3 replace a c yes    40..50
            """);
    }

    @Test
    void a_write_without_an_answer_takes_effect_twice() {
        bad(Kind.NOT_LINEARIZABLE, """
            p1 put a     0..10
            p2 put b    20..30 unknown
            p1 get b    40..50
            p1 put c    60..70
            p1 get b    80..90
            p1 put d   100..110
            p1 get b   120..130
            """);
    }

    @Test
    void an_acknowledged_write_is_not_stored() {
        Finding found = notStored("a", "a", """
                p1 put x    0..5
                p1 put a    6..10
                p1 put b   20..30
                p2 get b   40..50
                """);
        assertThat(found.kind()).isEqualTo(Kind.NOT_DURABLE);
        assertThat(found.operations()).containsExactly(1, 2);
        assertThat(found.sentence())
                .isEqualTo(
                        "At the end primary holds \"a\", which no order of the acknowledged operations of key k ends with.");
    }

    @Test
    void an_acknowledged_write_is_missing_on_the_standby() {
        assertThat(notStored("a", null, "p1 put a 0..10").sentence()).startsWith("At the end standby holds nothing");
    }

    @Test
    void the_copies_hold_different_values() {
        assertThat(notStored("a", "b", """
                p1 put a    0..10
                p2 put b    0..10
                """).kind()).isEqualTo(Kind.COPIES_DIFFER);
    }

    @Test
    void the_fewest_operations_are_shown_of_a_long_history() {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < 300; i++) {
            int at = i * 100;
            text.append("p1 put v%d %d..%d\np2 get v%d %d..%d\n".formatted(i, at, at + 10, i, at + 20, at + 30));
        }
        text.append("""
                p1 replace v299 w yes 40000..40010
                p2 replace v299 u yes 40000..40010
                """);
        for (int i = 0; i < 100; i++) {
            int at = 50000 + i * 100;
            text.append("p1 put z%d %d..%d\n".formatted(i, at, at + 10));
        }
        assertThat(bad(Kind.NOT_LINEARIZABLE, text.toString()).operations()).containsExactly(598, 600, 601);
    }

    private static Finding bad(Kind kind, String text) {
        CheckResult result = WrittenHistory.of(text).checked();
        assertThat(result.verdict()).isEqualTo(Verdict.VIOLATED);
        assertThat(result.findings()).extracting(Finding::kind).containsExactly(kind);
        return result.findings().get(0);
    }

    private static Finding notStored(@Nullable String primary, @Nullable String standby, String text) {
        CheckResult result = WrittenHistory.of(text)
                .checked(List.of(new StoredValue("primary", primary), new StoredValue("standby", standby)));
        assertThat(result.verdict()).isEqualTo(Verdict.VIOLATED);
        return result.findings().get(0);
    }
}
