package io.throughline.bench.compare;

import io.throughline.bench.loader.StepReport;
import io.throughline.bench.loader.Workload;
import io.throughline.bench.peers.Peer;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;
import java.util.function.ToLongFunction;

/** An outcome for a terminal. For one thread. */
public final class TextTable {

    private static final double KIB = 1024;

    private final Outcome outcome;
    private final Plan plan;
    private final List<String> lines = new ArrayList<>();

    private TextTable(Outcome outcome) {
        this.outcome = outcome;
        this.plan = outcome.plan();
    }

    public static List<String> lines(Outcome outcome) {
        TextTable table = new TextTable(outcome);
        table.plan.peers().forEach(peer -> table.add("%-13s %s", peer.id(), peer.title()));
        for (Workload workload : table.plan.workloads()) {
            table.plan.callers(workload).forEach(inFlight -> table.step(workload, inFlight));
        }
        table.add("");
        table.proofs();
        return table.lines;
    }

    private void add(String format, Object... values) {
        lines.add(text(format, values));
    }

    private static String text(String format, Object... values) {
        return String.format(Locale.ROOT, format, values);
    }

    private void step(Workload workload, int inFlight) {
        add("");
        add(
                "%s: %s; %s%d shards, %,d bytes, %,d keys, %d rounds of %.0f s",
                workload.id(),
                workload.meaning(),
                workload.open() ? "" : text("%,d in flight, ", inFlight),
                plan.shards(),
                plan.valueBytes(),
                plan.keys(),
                plan.rounds(),
                plan.step().toMillis() / 1e3);
        add(
                "              per second (least – most)   %-16s  p50 ms   p99 ms   CPU s per 1,000 operations"
                        + "   KiB allocated/op      WAL B  commits",
                workload.open() ? "Throughline's" : "Throughline is");
        add(
                "                                         %-16s                     client members postgres"
                        + "      client members     per op   per op",
                workload.open() ? "p99 is ×" : "× as fast");
        plan.peers().stream()
                .filter(peer -> outcome.rounds(peer, workload, inFlight) > 0)
                .forEach(peer -> lines.add(new Row(peer, workload, inFlight).text()));
        if (workload == Workload.PUT) {
            outcome.shareOfLimit(workload, inFlight)
                    .ifPresent(share -> add("Throughline reaches %s of the smaller limit", brackets(share)));
        }
    }

    private static String brackets(Spread spread) {
        return text("%.2f (%.2f–%.2f)", spread.median(), spread.least(), spread.most());
    }

    private void proofs() {
        List<Proof> proofs = outcome.proofs();
        add(
                "%s in %,d of %,d turns: every acknowledged write is on the primaries and the standbys (%,d rows compared).",
                outcome.proven() ? "Proven" : "NOT PROVEN",
                proofs.stream().filter(proof -> proof.report().holds()).count(),
                plan.rounds() * plan.peers().size(),
                proofs.stream().mapToLong(proof -> proof.report().rows()).sum());
        for (Proof proof : proofs) {
            String where = where(proof.peer(), proof.round());
            proof.report().wrong().forEach(wrong -> add("  %s: %s", where, wrong));
            proof.report().notCompared().forEach(node -> add("  %s: not compared: %s", where, node));
        }
        for (Measurement measured : outcome.wrongReads()) {
            add(
                    "  %s, %s: %,d stale and %,d empty reads",
                    where(measured.peer(), measured.round()),
                    measured.workload().id(),
                    measured.report().wrongReads(),
                    measured.report().emptyReads());
        }
        if (outcome.stepsMissing() > 0) {
            add("NOT MEASURED: %,d of %,d steps", outcome.stepsMissing(), plan.steps());
        }
        outcome.mishaps().forEach(mishap -> add("  %s", mishap));
    }

    private static String where(Peer peer, int round) {
        return text("%s in round %d", peer.id(), round + 1);
    }

    /** What one peer did in one kind of step. */
    private final class Row {

        private final Peer peer;
        private final Workload workload;
        private final int inFlight;

        Row(Peer peer, Workload workload, int inFlight) {
            this.peer = peer;
            this.workload = workload;
            this.inFlight = inFlight;
        }

        String text() {
            Spread rate = spread(Measurement::perSecond);
            return TextTable.text(
                    "%-13s %,8.0f %-18s %-16s %8.2f %8.1f %9.3f %7.3f %8.3f %11.1f %7.1f %10.0f %8.3f%s",
                    peer.id(),
                    rate.median(),
                    TextTable.text("(%,.0f – %,.0f)", rate.least(), rate.most()),
                    outcome.ratio(peer, workload, inFlight)
                            .map(TextTable::brackets)
                            .orElse(""),
                    median(measured -> measured.report().p50()),
                    median(measured -> measured.report().p99()),
                    median(measured -> 1e3 * measured.each(measured.cost().client())),
                    median(measured -> 1e3 * measured.each(measured.cost().members())),
                    median(measured -> 1e3 * measured.each(measured.cost().postgres())),
                    median(measured -> measured.each(measured.cost().clientAllocated() / KIB)),
                    median(measured -> measured.each(measured.cost().membersAllocated() / KIB)),
                    median(measured -> measured.each((double) measured.cost().walBytes())),
                    median(measured -> measured.each((double) measured.cost().commits())),
                    remarks());
        }

        private Spread spread(ToDoubleFunction<Measurement> value) {
            return outcome.spread(peer, workload, inFlight, value).orElseGet(() -> Spread.of(List.of()));
        }

        private double median(ToDoubleFunction<Measurement> value) {
            return spread(value).median();
        }

        private String remarks() {
            int rounds = outcome.rounds(peer, workload, inFlight);
            double batch = median(measured -> measured.cost().meanBatch());
            double readsP99 = median(measured -> measured.report().readsP99());
            return (rounds == plan.rounds() ? "" : TextTable.text("  %d of %d rounds", rounds, plan.rounds()))
                    + count(StepReport::failed, "failed")
                    + count(StepReport::wrongReads, "stale reads")
                    + count(StepReport::emptyReads, "empty reads")
                    + count(StepReport::neverStarted, "never started")
                    + (batch > 0 ? TextTable.text("  mean batch %.1f", batch) : "")
                    + (readsP99 > 0 ? TextTable.text("  gets' p99 %.1f ms", readsP99) : "");
        }

        private String count(ToLongFunction<StepReport> counted, String what) {
            long count = outcome.sum(peer, workload, inFlight, counted);
            return count == 0 ? "" : TextTable.text("  %,d %s", count, what);
        }
    }
}
