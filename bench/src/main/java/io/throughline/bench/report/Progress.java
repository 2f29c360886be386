package io.throughline.bench.report;

import io.throughline.bench.generator.LatencySummary;
import io.throughline.bench.generator.LoadStep;
import io.throughline.bench.generator.Stream;
import java.io.PrintWriter;
import java.util.Locale;
import java.util.concurrent.TimeUnit;

/**
 * The load as it goes: one line that is drawn over itself on a terminal, a plain line every few seconds elsewhere. Rates and
 * percentiles are of the time since the line before. Not thread-safe.
 */
public final class Progress {

    private static final long TERMINAL_NANOS = TimeUnit.MILLISECONDS.toNanos(500);
    private static final long PLAIN_NANOS = TimeUnit.SECONDS.toNanos(5);
    private static final String ERASE_LINE = "\r\u001b[K";

    private final PrintWriter out;
    private final boolean terminal;
    private long lastNanos;
    private long lastPuts;
    private long lastGets;

    public Progress(PrintWriter out, boolean terminal) {
        this.out = out;
        this.terminal = terminal;
    }

    /** A step begins. */
    public void begin() {
        lastNanos = System.nanoTime();
        lastPuts = 0;
        lastGets = 0;
    }

    /** Call often; it writes when it is time to. */
    public void update(LoadStep step) {
        long now = System.nanoTime();
        if (now - lastNanos < (terminal ? TERMINAL_NANOS : PLAIN_NANOS)) {
            return;
        }
        double seconds = (now - lastNanos) / 1e9;
        String line = line(step, seconds);
        lastNanos = now;
        if (terminal) {
            out.print(ERASE_LINE + line);
        } else {
            out.println(line);
        }
        out.flush();
    }

    private String line(LoadStep step, double seconds) {
        long puts = step.puts().tally().succeeded();
        long gets = step.gets().tally().succeeded();
        LatencySummary put = step.puts().tally().latencies().lately();
        LatencySummary get = step.gets().tally().latencies().lately();
        String line = String.format(
                Locale.ROOT,
                "%5.0f s  puts %,.0f/s p99 %s  gets %,.0f/s p99 %s  in flight %,d  backlog %,d%s",
                step.seconds(),
                (puts - lastPuts) / seconds,
                milliseconds(put.p99()),
                (gets - lastGets) / seconds,
                milliseconds(get.p99()),
                (long) step.puts().inFlight() + step.gets().inFlight(),
                step.puts().backlog() + step.gets().backlog(),
                failed(step.puts(), step.gets()));
        lastPuts = puts;
        lastGets = gets;
        return line;
    }

    private static String failed(Stream puts, Stream gets) {
        long failed = puts.tally().failures().total() + gets.tally().failures().total();
        return failed == 0 ? "" : String.format(Locale.ROOT, "  failed %,d", failed);
    }

    static String milliseconds(double value) {
        return String.format(Locale.ROOT, value < 10 ? "%.2f ms" : value < 100 ? "%.1f ms" : "%,.0f ms", value);
    }

    /** A line of its own, above what follows. */
    public void say(String line) {
        end();
        out.println(line);
        out.flush();
    }

    /** Leaves a clean line behind. */
    public void end() {
        if (terminal) {
            out.print(ERASE_LINE);
            out.flush();
        }
    }
}
