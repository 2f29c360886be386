package io.throughline.cli.audit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class RowsWalkTest {

    private static AuditedRow row(String key, long signature) {
        return new AuditedRow(key, 1, HeldValue.of("value", false), 0, signature);
    }

    private final List<AuditedRow> rows = List.of(row("a", 1), row("b", 2), row("c", 3));

    @Test
    void rows_that_are_missing_more_or_other_on_a_standby_are_suspect() {
        List<AuditedRow> copies = List.of(row("a", 1), row("b", 9), row("d", 4));

        assertThat(RowsSum.of(copies)).isNotEqualTo(RowsSum.of(rows));
        assertThat(RowsWalk.differing(rows, copies)).containsExactlyInAnyOrder("b", "c", "d");
    }

    @Test
    void equal_rows_have_an_equal_sum_in_whatever_order_they_come() {
        List<AuditedRow> copies = List.of(rows.get(2), rows.get(0), rows.get(1));

        assertThat(RowsSum.of(copies)).isEqualTo(RowsSum.of(rows));
        assertThat(RowsWalk.differing(rows, copies)).isEmpty();
    }

    @Test
    void a_standby_without_any_of_the_rows_differs_in_all() {
        assertThat(RowsWalk.differing(rows, List.of())).containsExactlyInAnyOrder("a", "b", "c");
    }
}
