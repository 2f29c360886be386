package io.throughline.torture.check;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

/** Histories that keep every promise. */
final class GoodHistoriesTest {

    @Test
    void reads_while_a_put_is_under_way_may_see_either_value() {
        good("""
             p1 put a    0..10
             p1 put b   20..40
             p2 get a   21..22
             p3 get b   23..24
             p2 get b   25..26
             """);
    }

    @Test
    void a_key_begins_absent_and_is_absent_after_a_remove() {
        good("""
             p1 get -    0..1
             p1 put a    2..3
             p2 get a    4..5
             p1 remove   6..7
             p2 get -    8..9
             """);
    }

    @Test
    void a_put_without_an_answer_may_never_take_effect() {
        good("""
             p1 put a    0..10
             p2 put b   20..30 unknown
             p1 get a   40..50
             """);
    }

    @Test
    void a_put_without_an_answer_may_take_effect_much_later() {
        good("""
             p1 put a      0..10
             p2 put b     20..30 unknown
             p1 get a    400..500
             p1 get b   9000..9001
             """);
    }

    @Test
    void of_two_puts_at_a_time_either_may_be_last() {
        good("""
             p1 put a    0..10
             p2 put b    0..10
             p3 get a   20..21
             """);
        good("""
             p1 put a    0..10
             p2 put b    0..10
             p3 get b   20..21
             """);
    }

    @Test
    void conditions_hold_one_after_the_other() {
        good("""
             p1 put a              0..1
             p1 replace a b yes    5..20
             p2 replace b c yes    5..20
             p3 replace a d no     5..20
             p1 get c             30..31
             """);
    }

    @Test
    void a_condition_without_an_answer_may_have_held() {
        good("""
             p1 put a              0..1
             p1 replace a b no     5..20 unknown
             p2 replace b c yes   30..40
             p1 get c             50..51
             """);
    }

    @Test
    void increments_count_each_other() {
        good("""
             p1 inc 1    0..10
             p2 inc 3    0..10
             p3 inc 2    0..10
             p1 get 3   20..21
             """);
    }

    @Test
    void two_increments_without_an_answer_explain_a_gap_of_two() {
        good("""
             p1 inc 1    0..10
             p2 inc 0   20..30 unknown
             p3 inc 0   20..30 unknown
             p1 inc 4   40..50
             """);
    }

    @Test
    void after_a_fallback_another_client_may_be_behind_for_one_ttl() {
        good("""
             p1 put a      0..10
             r2 put b     20..30 direct
             p3 get a    100..110
             p3 get a   4900..4910
             p3 get b   5100..5110
             """);
    }

    @Test
    void a_resilient_remove_is_direct_and_leaves_others_behind() {
        good("""
             p1 put a      0..10
             r2 remove    20..30
             p3 get a    100..110
             r2 get -    100..110
             """);
    }

    @Test
    void a_plain_condition_may_decide_on_what_a_fallback_has_replaced() {
        good("""
             p1 put a               0..10
             r2 put b              20..30 direct
             p1 replace a c yes   100..110
             p1 get c             200..210
             """);
        good("""
             p1 put a               0..10
             r2 put b              20..30 direct
             p1 replace b c no    100..110
             r2 get b             200..210
             """);
    }

    @Test
    void a_plain_increment_may_count_on_from_what_a_fallback_has_replaced() {
        good("""
             p1 inc 1       0..10
             r2 put 50     20..30 direct
             p1 inc 2     100..110
             p1 get 2     200..210
             """);
    }

    @Test
    void a_value_may_return_while_its_partition_moves() {
        good("""
             p1 put a    0..100 moved
             p2 put b   10..20
             p3 get a    5..6
             p3 get b   30..40
             p3 get a   50..60
             """);
    }

    @Test
    void an_increment_may_count_twice_while_its_partition_moves() {
        good("""
             p1 inc 2    0..100 moved
             p1 get 2  200..210
             """);
    }

    @Test
    void a_cut_off_member_may_serve_what_is_one_ttl_old() {
        good("""
             p1 put a      0..10
             p1 put b     20..30
             p3 get a   1000..1010 cut
             p3 get b   6000..6010
             """);
    }

    @Test
    void a_refused_write_leaves_no_trace() {
        good("""
             p1 put a    0..10
             p1 put b   20..30 refused
             p2 get a   40..50
             """);
    }

    @Test
    void what_is_stored_at_the_end_is_the_last_acknowledged_write_or_a_later_one() {
        WrittenHistory history = WrittenHistory.of("""
                p1 put a    0..10
                p1 put b   20..30
                p2 put c   40..50 unknown
                """);
        assertThat(history.checked(both("b")).verdict()).isEqualTo(Verdict.GOOD);
        assertThat(history.checked(both("c")).verdict()).isEqualTo(Verdict.GOOD);
    }

    @Test
    void how_far_behind_the_stalest_read_was_is_measured() {
        StalestRead stalest = WrittenHistory.of("""
                p1 put a      0..10
                r2 put b     20..30 direct
                p3 get a    100..110
                p4 get a   2030..2040
                """).checked().stalest().orElseThrow();
        assertThat(stalest.read().id()).isEqualTo(3);
        assertThat(stalest.overwrittenBy().id()).isEqualTo(1);
        assertThat(stalest.behind()).isEqualTo(2_000_000_000L);
    }

    private static List<StoredValue> both(String value) {
        return List.of(new StoredValue("primary", value), new StoredValue("standby", value));
    }

    private static void good(String text) {
        CheckResult result = WrittenHistory.of(text).checked();
        assertThat(result.findings()).isEmpty();
        assertThat(result.verdict()).isEqualTo(Verdict.GOOD);
    }
}
