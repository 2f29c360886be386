package io.throughline.cli.audit;

import io.throughline.cli.terminal.ProgressLine;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicLong;

/** How far an audit is. Counting is thread-safe; one thread shows it. */
final class AuditProgress {

    private final ProgressLine line;
    private final int partitions;
    private final AtomicLong partitionsDone = new AtomicLong();
    private final AtomicLong entries = new AtomicLong();
    private final AtomicLong rows = new AtomicLong();
    private final AtomicLong rowsExpected = new AtomicLong();

    AuditProgress(ProgressLine line, int partitions) {
        this.line = line;
        this.partitions = partitions;
    }

    void partitionDone(int heldEntries) {
        entries.addAndGet(heldEntries);
        partitionsDone.incrementAndGet();
    }

    void rowsDone(long number) {
        rows.addAndGet(number);
    }

    void expectRows(long number) {
        rowsExpected.addAndGet(number);
    }

    long entries() {
        return entries.get();
    }

    long rows() {
        return rows.get();
    }

    /** A page of rows takes about as long as a partition's memory. */
    void show() {
        double pages = (double) Math.max(rowsExpected.get(), rows.get()) / RowsWalk.PAGE;
        double done = partitionsDone.get() + (double) rows.get() / RowsWalk.PAGE;
        line.show(
                done / (partitions + pages),
                String.format(
                        Locale.ROOT, "%d of %d partitions, %,d rows", partitionsDone.get(), partitions, rows.get()));
    }

    /** All was seen once. */
    void showSecondLook(int suspects, double share) {
        line.show(share, "looking again at " + suspects + " keys that differed");
    }

    void end() {
        line.end();
    }
}
