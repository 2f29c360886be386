package io.throughline.bench.report;

import io.throughline.bench.generator.Failures;
import io.throughline.bench.generator.LatencySummary;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** A report for people. Stateless. */
public final class TextReport {

    private static final String ROW = "  %-6s%11s%12s%11s%11s%11s%11s%9s%12s%15s";

    private TextReport() {}

    public static List<String> lines(LoadReport report) {
        List<String> lines = new ArrayList<>();
        search(report, lines);
        load(report, lines);
        failures("put", report.load().puts(), lines);
        failures("get", report.load().gets(), lines);
        lines.add("");
        lines.add("Gets from memory: " + report.memory());
        if (report.displaced() > 0) {
            lines.add(format(
                    "Hot keys: %,d puts went to another key, as all hot ones had a put under way.",
                    report.displaced()));
        }
        lines.addAll(ProofText.lines(report.proof()));
        lines.add(format("The run's entries stay in %s; their keys begin with %s.", report.map(), report.keyPrefix()));
        return lines;
    }

    private static void search(LoadReport report, List<String> lines) {
        if (report.search().isEmpty()) {
            return;
        }
        lines.add("Search for the highest rate held:");
        for (StepResult step : report.search()) {
            lines.add(format(
                    "  %,9.0f puts/s  %-8s  put p99 %s, get p99 %s; %s",
                    step.asked().putsPerSecond(),
                    step.verdict().held() ? "held" : "not held",
                    Progress.milliseconds(step.puts().latency().p99()),
                    Progress.milliseconds(step.gets().latency().p99()),
                    step.verdict().why()));
            failures("put", step.puts(), lines);
            failures("get", step.gets(), lines);
        }
        lines.add(
                "Held means: nothing failed or was left in the backlog, and no more operations were due and unanswered in");
        lines.add(
                "a step's last quarter than in its second (half as many more and 50 ms' worth pass), nor 500 ms' worth.");
        lines.add("");
    }

    private static void load(LoadReport report, List<String> lines) {
        StepResult load = report.load();
        lines.add(format(
                "%,.0f puts/s and %,.0f gets/s on %s for %.1f s after %.0f s of warm-up%s: %,d keys, %,d bytes a value, hot: %s, seed %d",
                load.asked().putsPerSecond(),
                load.asked().getsPerSecond(),
                report.map(),
                load.seconds(),
                report.warmUpSeconds(),
                report.stoppedEarly() ? " (stopped early)" : "",
                report.dataset().keys(),
                report.dataset().valueBytes(),
                report.dataset().hot(),
                report.dataset().seed()));
        lines.add(format(
                ROW,
                "",
                "offered/s",
                "achieved/s",
                "p50",
                "p99",
                "p99.9",
                "max",
                "failed",
                "unanswered",
                "never started"));
        lines.add(row("puts", load.puts()));
        lines.add(row("gets", load.gets()));
        lines.add("Latency counts from when an operation was due, which is at random, and not from when it was sent.");
        if (!load.verdict().held()) {
            lines.add("The rate was NOT HELD: " + load.verdict().why() + ".");
        }
    }

    private static String row(String name, StreamResult stream) {
        LatencySummary latency = stream.latency();
        return format(
                ROW,
                name,
                format("%,.0f", stream.offered()),
                format("%,.0f", stream.achieved()),
                Progress.milliseconds(latency.p50()),
                Progress.milliseconds(latency.p99()),
                Progress.milliseconds(latency.p999()),
                Progress.milliseconds(latency.max()),
                format("%,d", stream.failed()),
                format("%,d", stream.unanswered()),
                format("%,d", stream.neverStarted()));
    }

    private static void failures(String what, StreamResult stream, List<String> lines) {
        stream.failures().forEach((code, count) -> lines.add(failure(what, code, count)));
    }

    private static String failure(String what, String code, Failures.Count count) {
        String example = count.example().lines().findFirst().orElse("");
        return format("  %s failed %,d times: %s; the first: %s", what, count.count(), code, example);
    }

    static String format(String format, Object... values) {
        return String.format(Locale.ROOT, format, values);
    }
}
