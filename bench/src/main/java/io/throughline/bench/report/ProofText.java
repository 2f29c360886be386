package io.throughline.bench.report;

import static io.throughline.bench.report.TextReport.format;

import io.throughline.bench.proof.NodeResult;
import io.throughline.bench.proof.ShardResult;
import java.util.ArrayList;
import java.util.List;

/** The proof for people. Stateless. */
final class ProofText {

    private ProofText() {}

    static List<String> lines(ProofResult proof) {
        List<String> lines = new ArrayList<>();
        reads(proof, lines);
        lines.add(format(
                "Writes: %,d puts acknowledged, on %,d keys; the last of each key against its row, in %.1f s:",
                proof.acknowledgedPuts(), proof.acknowledgedKeys(), proof.seconds()));
        proof.shards().forEach(shard -> shard(shard, lines));
        if (!proof.obstacle().isEmpty()) {
            lines.add("  " + proof.obstacle());
        }
        if (proof.acknowledgedPuts() == 0) {
            lines.add("  nothing was acknowledged, so there is nothing to prove");
        }
        lines.add(proof.conclusion().sentence());
        return lines;
    }

    private static void reads(ProofResult proof, List<String> lines) {
        lines.add(format(
                "Reads: %,d gets began after a put of their key was acknowledged; %s",
                proof.readsChecked(),
                proof.readsWrong() == 0
                        ? "each returned it or a later one."
                        : format("%,d did not return it or a later one:", proof.readsWrong())));
        proof.firstWrongReads().forEach(read -> lines.add("  " + read));
    }

    private static void shard(ShardResult shard, List<String> lines) {
        for (NodeResult node : shard.nodes()) {
            lines.add(format(
                    "  %-10s %-21s %-8s %,9d rows  %s",
                    shard.shard(),
                    node.node(),
                    node.primary() ? "primary" : "standby",
                    node.rows(),
                    node.wrongRows() == 0 ? "all there" : format("%,d WRONG", node.wrongRows())));
            node.wrong().forEach((verdict, count) -> lines.add(format("    %,d × %s", count, verdict.meaning())));
            node.first().forEach(finding -> lines.add("    " + finding));
        }
        shard.notCompared()
                .forEach((node, reason) ->
                        lines.add(format("  %-10s %-21s not compared: %s", shard.shard(), node, reason)));
    }
}
