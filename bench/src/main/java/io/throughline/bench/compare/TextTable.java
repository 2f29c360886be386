package io.throughline.bench.compare;

import io.throughline.bench.loader.Workload;
import io.throughline.bench.peers.Peer;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** An outcome for a terminal. Stateless. */
public final class TextTable {

    private static final double KIB = 1024;

    private TextTable() {}

    public static List<String> lines(Outcome outcome) {
        List<String> lines = new ArrayList<>();
        Plan plan = outcome.plan();
        plan.peers().forEach(peer -> lines.add(String.format(Locale.ROOT, "%-13s %s", peer.id(), peer.title())));
        for (Workload workload : plan.workloads()) {
            for (int inFlight : plan.callers(workload)) {
                lines.add("");
                lines.add(String.format(
                        Locale.ROOT,
                        "%s: %s; %s%d shards, %,d bytes, %,d keys, %d rounds of %.0f s",
                        workload.id(),
                        workload.meaning(),
                        inFlight == 0 ? "" : String.format(Locale.ROOT, "%,d in flight, ", inFlight),
                        plan.shards(),
                        plan.valueBytes(),
                        plan.keys(),
                        plan.rounds(),
                        plan.step().toMillis() / 1e3));
                lines.add("              per second (least – most)   Throughline is   p50 ms   p99 ms"
                        + "   CPU s per 1,000 operations   KiB allocated/op      WAL B  commits");
                lines.add("                                         × as fast                           "
                        + "  client members postgres      client members     per op   per op");
                plan.peers()
                        .forEach(peer -> line(outcome, peer, workload, inFlight).ifPresent(lines::add));
            }
        }
        lines.add("");
        lines.addAll(proofs(outcome));
        return lines;
    }

    private static Optional<String> line(Outcome outcome, Peer peer, Workload workload, int inFlight) {
        return outcome.spread(peer, workload, inFlight, Measurement::perSecond)
                .map(rate -> String.format(
                        Locale.ROOT,
                        "%-13s %,8.0f (%,.0f – %,.0f)%s %s %8.2f %8.1f %9.3f %7.3f %8.3f %11.1f %7.1f %10.0f %8.3f%s",
                        peer.id(),
                        rate.median(),
                        rate.least(),
                        rate.most(),
                        " "
                                .repeat(Math.max(
                                        0,
                                        17
                                                - String.format(
                                                                Locale.ROOT,
                                                                "(%,.0f – %,.0f)",
                                                                rate.least(),
                                                                rate.most())
                                                        .length())),
                        ratio(outcome, peer, workload, inFlight),
                        median(
                                outcome,
                                peer,
                                workload,
                                inFlight,
                                measured -> measured.report().p50()),
                        median(
                                outcome,
                                peer,
                                workload,
                                inFlight,
                                measured -> measured.report().p99()),
                        median(
                                outcome,
                                peer,
                                workload,
                                inFlight,
                                measured -> 1e3 * measured.each(measured.cost().client())),
                        median(
                                outcome,
                                peer,
                                workload,
                                inFlight,
                                measured -> 1e3 * measured.each(measured.cost().members())),
                        median(
                                outcome,
                                peer,
                                workload,
                                inFlight,
                                measured -> 1e3 * measured.each(measured.cost().postgres())),
                        median(
                                outcome,
                                peer,
                                workload,
                                inFlight,
                                measured -> measured.each(measured.cost().clientAllocated() / KIB)),
                        median(
                                outcome,
                                peer,
                                workload,
                                inFlight,
                                measured -> measured.each(measured.cost().membersAllocated() / KIB)),
                        median(
                                outcome,
                                peer,
                                workload,
                                inFlight,
                                measured ->
                                        measured.each((double) measured.cost().walBytes())),
                        median(
                                outcome,
                                peer,
                                workload,
                                inFlight,
                                measured ->
                                        measured.each((double) measured.cost().commits())),
                        remarks(outcome, peer, workload, inFlight)));
    }

    private static String ratio(Outcome outcome, Peer peer, Workload workload, int inFlight) {
        return outcome.ratio(peer, workload, inFlight)
                .map(ratio ->
                        String.format(Locale.ROOT, "%5.2f (%.2f–%.2f)", ratio.median(), ratio.least(), ratio.most()))
                .orElse("                 ");
    }

    private static double median(
            Outcome outcome,
            Peer peer,
            Workload workload,
            int inFlight,
            java.util.function.ToDoubleFunction<Measurement> value) {
        return outcome.spread(peer, workload, inFlight, value)
                .map(Spread::median)
                .orElse(0.0);
    }

    private static String remarks(Outcome outcome, Peer peer, Workload workload, int inFlight) {
        StringBuilder remarks = new StringBuilder();
        remark(remarks, outcome.sum(peer, workload, inFlight, report -> report.failed()), "failed");
        remark(remarks, outcome.sum(peer, workload, inFlight, report -> report.wrongReads()), "stale reads");
        remark(remarks, outcome.sum(peer, workload, inFlight, report -> report.neverStarted()), "never started");
        double batch = median(
                outcome, peer, workload, inFlight, measured -> measured.cost().meanBatch());
        if (batch > 0) {
            remarks.append(String.format(Locale.ROOT, "  mean batch %.1f", batch));
        }
        double readsP99 = median(
                outcome, peer, workload, inFlight, measured -> measured.report().readsP99());
        if (readsP99 > 0) {
            remarks.append(String.format(Locale.ROOT, "  gets' p99 %.1f ms", readsP99));
        }
        return remarks.toString();
    }

    private static void remark(StringBuilder remarks, long count, String what) {
        if (count > 0) {
            remarks.append(String.format(Locale.ROOT, "  %,d %s", count, what));
        }
    }

    private static List<String> proofs(Outcome outcome) {
        List<String> lines = new ArrayList<>();
        long rows = outcome.proofs().stream()
                .mapToLong(proof -> proof.report().rows())
                .sum();
        lines.add(
                outcome.proven()
                        ? String.format(
                                Locale.ROOT,
                                "Proven: every acknowledged write is on the primaries and the standbys (%,d rows compared).",
                                rows)
                        : "NOT PROVEN:");
        for (Proof proof : outcome.proofs()) {
            proof.report().wrong().forEach(wrong -> lines.add("  " + where(proof) + ": " + wrong));
            proof.report().notCompared().forEach(node -> lines.add("  " + where(proof) + ": not compared: " + node));
        }
        outcome.mishaps().forEach(mishap -> lines.add("NOT MEASURED: " + mishap));
        return lines;
    }

    private static String where(Proof proof) {
        return proof.peer().id() + " in round " + (proof.round() + 1);
    }
}
