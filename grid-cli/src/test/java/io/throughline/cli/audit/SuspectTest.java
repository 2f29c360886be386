package io.throughline.cli.audit;

import static org.assertj.core.api.Assertions.assertThat;

import io.throughline.cli.audit.Aspect.Kind;
import io.throughline.cli.audit.Suspect.Verdict;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What is called a difference, and what is only a write in the middle. */
class SuspectTest {

    private static final int PARTITION = 7;
    private static final HeldValue OLD = HeldValue.of("old", false);
    private static final HeldValue NEW = HeldValue.of("new", false);
    private static final AuditedRow OLD_ROW = row(OLD, 1);
    private static final AuditedRow NEW_ROW = row(NEW, 2);

    private final Suspect suspect = new Suspect("shard-1", "key", Duration.ofSeconds(6));

    private static AuditedRow row(HeldValue value, long writtenAt) {
        return new AuditedRow("key", PARTITION, value, writtenAt, writtenAt);
    }

    private static KeyLook look(int second, HeldValue memory, AuditedRow before, AuditedRow after, AuditedRow standby) {
        return new KeyLook(
                true,
                PARTITION,
                memory,
                before,
                after,
                Map.of("node-2", standby),
                Duration.ofSeconds(second).toNanos(),
                Duration.ofMillis(second * 1_000 + 100).toNanos());
    }

    private Verdict look(int second, HeldValue memory, AuditedRow row) {
        return suspect.look(look(second, memory, row, row, row));
    }

    @Test
    void memory_that_lags_behind_its_row_for_less_than_a_time_to_live_is_no_difference() {
        assertThat(look(0, OLD, NEW_ROW)).isEqualTo(Verdict.OPEN);
        assertThat(look(4, OLD, NEW_ROW)).isEqualTo(Verdict.OPEN);
        assertThat(look(5, HeldValue.NONE, NEW_ROW)).isEqualTo(Verdict.NOTHING);
    }

    @Test
    void memory_that_differs_from_a_row_that_was_not_written_for_a_time_to_live_is_one() {
        look(0, OLD, NEW_ROW);
        assertThat(look(6, OLD, NEW_ROW)).isEqualTo(Verdict.OPEN); // 5.9 s after the end of the first look
        assertThat(look(7, OLD, NEW_ROW)).isEqualTo(Verdict.DIFFERENT);
        assertThat(suspect.lasting()).containsExactly(Aspect.of(Kind.MEMORY));
        assertThat(suspect.observed(Aspect.of(Kind.MEMORY))).isEqualTo(Duration.ofMillis(6_900));
    }

    @Test
    void a_value_that_is_wrong_anew_each_time_is_one_too() {
        look(0, OLD, NEW_ROW);
        assertThat(look(7, HeldValue.of("older", false), NEW_ROW)).isEqualTo(Verdict.DIFFERENT);
    }

    @Test
    void a_row_that_is_written_between_two_looks_makes_them_begin_anew() {
        look(0, OLD, NEW_ROW);
        assertThat(look(5, NEW, row(HeldValue.of("newer", false), 3))).isEqualTo(Verdict.OPEN);
        assertThat(look(7, NEW, row(HeldValue.of("newer", false), 3))).isEqualTo(Verdict.OPEN);
        assertThat(suspect.lasting()).isEmpty();
        assertThat(suspect.open()).containsExactly(Aspect.of(Kind.MEMORY));
    }

    @Test
    void a_write_in_the_middle_of_a_look_is_no_difference() {
        assertThat(suspect.look(look(0, OLD, OLD_ROW, NEW_ROW, NEW_ROW))).isEqualTo(Verdict.NOTHING);
        assertThat(suspect.look(look(1, NEW, OLD_ROW, NEW_ROW, OLD_ROW))).isEqualTo(Verdict.NOTHING);
    }

    @Test
    void an_entry_of_a_removed_key_is_one_and_no_entry_never() {
        AuditedRow tombstone = row(HeldValue.NONE, 4);
        look(0, OLD, tombstone);
        assertThat(look(7, OLD, tombstone)).isEqualTo(Verdict.DIFFERENT);
        assertThat(look(14, HeldValue.NONE, NEW_ROW)).isEqualTo(Verdict.NOTHING);
        assertThat(look(15, HeldValue.NONE, AuditedRow.missing("key"))).isEqualTo(Verdict.NOTHING);
    }

    @Test
    void a_standby_that_differs_is_named() {
        suspect.look(look(0, HeldValue.NONE, NEW_ROW, NEW_ROW, OLD_ROW));
        assertThat(suspect.look(look(7, HeldValue.NONE, NEW_ROW, NEW_ROW, OLD_ROW)))
                .isEqualTo(Verdict.DIFFERENT);
        assertThat(suspect.lasting()).containsExactly(new Aspect(Kind.STANDBY, "node-2"));
    }

    @Test
    void a_standby_that_misses_a_row_is_one() {
        AuditedRow missing = AuditedRow.missing("key");
        suspect.look(look(0, HeldValue.NONE, NEW_ROW, NEW_ROW, missing));
        assertThat(suspect.look(look(7, HeldValue.NONE, NEW_ROW, NEW_ROW, missing)))
                .isEqualTo(Verdict.DIFFERENT);
    }

    @Test
    void a_standby_with_a_commit_that_its_primary_still_waits_for_is_never_called_different() {
        suspect.look(look(0, HeldValue.NONE, OLD_ROW, OLD_ROW, NEW_ROW));
        assertThat(suspect.look(look(60, HeldValue.NONE, OLD_ROW, OLD_ROW, NEW_ROW)))
                .isEqualTo(Verdict.OPEN);
    }

    @Test
    void a_row_in_another_partition_or_on_another_shard_is_one_however_often_it_is_written() {
        for (int second : new int[] {0, 7}) {
            AuditedRow row = new AuditedRow("key", PARTITION + 1, NEW, second, second);
            Verdict verdict = suspect.look(new KeyLook(
                    false,
                    PARTITION,
                    OLD,
                    row,
                    row,
                    Map.of(),
                    Duration.ofSeconds(second).toNanos(),
                    Duration.ofSeconds(second).toNanos()));
            assertThat(verdict).isEqualTo(second == 0 ? Verdict.OPEN : Verdict.DIFFERENT);
        }
        assertThat(suspect.lasting())
                .containsExactlyInAnyOrder(Aspect.of(Kind.SHARD), Aspect.of(Kind.PARTITION)); // memory is another row's
    }
}
