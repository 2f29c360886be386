package io.throughline.cli.transfer;

import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;

/** Names the lines that could not be imported: the first of them one by one, the rest as a number. Thread-safe. */
final class BadLines {

    private static final int NAMED = 20;

    private final Consumer<String> report;
    private final AtomicLong count = new AtomicLong();

    BadLines(Consumer<String> report) {
        this.report = report;
    }

    void add(long line, String reason) {
        long number = count.incrementAndGet();
        if (number <= NAMED) {
            report.accept("line " + line + ": " + reason);
        } else if (number == NAMED + 1) {
            report.accept("… more lines are malformed; their number is told at the end");
        }
    }

    long count() {
        return count.get();
    }
}
