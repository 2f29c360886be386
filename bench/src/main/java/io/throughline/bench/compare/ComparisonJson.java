package io.throughline.bench.compare;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.throughline.bench.loader.Workload;
import io.throughline.bench.peers.Peer;
import java.time.LocalDate;
import java.time.ZoneOffset;

/** An outcome for scripts: every measurement as it was. Stateless. */
public final class ComparisonJson {

    private ComparisonJson() {}

    public static ObjectNode of(Outcome outcome) {
        ObjectMapper json = new ObjectMapper();
        ObjectNode root = json.createObjectNode();
        Plan plan = outcome.plan();
        root.put("rounds", plan.rounds())
                .put("warmUpSeconds", plan.warmUp().toMillis() / 1e3)
                .put("stepSeconds", plan.step().toMillis() / 1e3)
                .put("shards", plan.shards())
                .put("partitions", plan.partitions())
                .put("keys", plan.keys())
                .put("valueBytes", plan.valueBytes())
                .put("heap", plan.heap())
                .put("memberConnections", plan.memberConnections())
                .put("directConnections", plan.directConnections())
                .put("machine", machine())
                .put("proven", outcome.proven())
                .put("stepsMissing", outcome.stepsMissing());
        plan.inFlight().forEach(count -> root.withArray("inFlight").add(count));
        for (Peer peer : plan.peers()) {
            root.withObject("/peers").put(peer.id(), peer.title());
        }
        for (Workload workload : plan.workloads()) {
            root.withObject("/workloads").put(workload.id(), workload.meaning());
        }
        for (Measurement measured : outcome.measurements()) {
            ObjectNode node = root.withArray("measurements").addObject();
            node.put("round", measured.round() + 1)
                    .put("peer", measured.peer().id())
                    .put("workload", measured.workload().id())
                    .put("inFlight", measured.inFlight())
                    .put("load", measured.inFlight() == 0 ? "open loop" : Integer.toString(measured.inFlight()))
                    .put("perSecond", measured.perSecond());
            node.setAll(json.<ObjectNode>valueToTree(measured.report()));
            node.set("cost", json.valueToTree(measured.cost()));
        }
        for (Proof proof : outcome.proofs()) {
            ObjectNode node = root.withArray("proofs").addObject();
            node.put("round", proof.round() + 1)
                    .put("peer", proof.peer().id())
                    .put("holds", proof.report().holds());
            node.setAll(json.<ObjectNode>valueToTree(proof.report()));
        }
        outcome.mishaps().forEach(mishap -> root.withArray("notMeasured").add(mishap.toString()));
        return root;
    }

    private static String machine() {
        return Runtime.getRuntime().availableProcessors() + " cores, " + System.getProperty("os.name") + " "
                + System.getProperty("os.arch") + ", Java " + System.getProperty("java.version") + ", "
                + LocalDate.now(ZoneOffset.UTC);
    }
}
