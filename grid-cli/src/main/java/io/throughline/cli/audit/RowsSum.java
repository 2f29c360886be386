package io.throughline.cli.audit;

import java.util.List;

/** What many rows are told apart by: how many there are, and all their signatures in one number, in any order. */
record RowsSum(long rows, long signatures) {

    static RowsSum of(List<AuditedRow> rows) {
        return new RowsSum(
                rows.size(), rows.stream().mapToLong(AuditedRow::signature).reduce(0, (sum, next) -> sum ^ next));
    }
}
