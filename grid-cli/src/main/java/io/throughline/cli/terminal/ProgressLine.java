package io.throughline.cli.terminal;

import java.io.PrintStream;
import java.util.Locale;
import java.util.function.Supplier;

/**
 * A bar that is drawn over itself on a terminal, and a plain line every few seconds elsewhere. Not thread-safe.
 */
public final class ProgressLine {

    private static final int CELLS = 28;
    private static final long TERMINAL_NANOS = 100_000_000L;
    private static final long PLAIN_NANOS = 5_000_000_000L;
    private static final String ERASE_LINE = "\r\u001b[K";

    private final PrintStream out;
    private final boolean terminal;
    private final long begun = System.nanoTime();
    private long last;

    public ProgressLine(PrintStream out, boolean terminal) {
        this.out = out;
        this.terminal = terminal;
        this.last = begun;
    }

    /** On standard error, where ./grid says whether that is a terminal. */
    public static ProgressLine onStandardError() {
        return new ProgressLine(System.err, Boolean.getBoolean("throughline.terminal"));
    }

    /** @param total 0 where it isn't known */
    public void update(long done, long total, long entries) {
        draw(() -> line(done, total, entries));
    }

    /** @param share of all that is done, 0 to 1 */
    public void show(double share, String text) {
        draw(() -> bar(Math.min(1, share)) + "  " + text);
    }

    private void draw(Supplier<String> line) {
        long now = System.nanoTime();
        if (now - last < (terminal ? TERMINAL_NANOS : PLAIN_NANOS)) {
            return;
        }
        last = now;
        if (terminal) {
            out.print(ERASE_LINE + line.get());
            out.flush();
        } else {
            out.println(line.get());
        }
    }

    /** Leaves a clean line behind. */
    public void end() {
        if (terminal) {
            out.print(ERASE_LINE);
            out.flush();
        }
    }

    private String line(long done, long total, long entries) {
        double seconds = Math.max(0.001, (System.nanoTime() - begun) / 1e9);
        String count = String.format(Locale.ROOT, "%,d entries, %,.0f/s", entries, entries / seconds);
        return total <= 0 ? count : bar(Math.min(1, (double) done / total)) + "  " + count;
    }

    private static String bar(double share) {
        int filled = (int) (share * CELLS);
        return "[" + "#".repeat(filled) + "-".repeat(CELLS - filled) + "] "
                + String.format(Locale.ROOT, "%3.0f %%", share * 100);
    }
}
