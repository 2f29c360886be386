package io.throughline.cli.audit;

import io.throughline.cli.terminal.ProgressLine;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicLong;

/** How far an audit is. Counting is thread-safe; one thread shows it. */
final class AuditProgress {

    private final ProgressLine line;
    private final int partitions;
    private final long begun = System.nanoTime();
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
        double share = (partitionsDone.get() + (double) rows.get() / RowsWalk.PAGE) / (partitions + pages);
        double left = share > 0 ? (System.nanoTime() - begun) / 1e9 * (1 - share) / share : 0;
        line.show(
                share,
                String.format(
                        Locale.ROOT,
                        "%d of %d partitions, %,d rows, %.0f s left",
                        partitionsDone.get(),
                        partitions,
                        rows.get(),
                        Math.ceil(left)));
    }

    /** All was seen once. */
    void showSecondLook(int suspects, Duration elapsed, Duration grace) {
        line.show(
                (double) elapsed.toNanos() / grace.toNanos(),
                String.format(
                        Locale.ROOT,
                        "looking again at %,d keys that differed, %d s left",
                        suspects,
                        Math.max(0, grace.minus(elapsed).toSeconds()) + 1));
    }

    void end() {
        line.end();
    }
}
