package io.throughline.bench.report;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.throughline.bench.proof.NodeResult;
import io.throughline.bench.proof.ShardResult;
import java.util.Locale;

/** A report for scripts. Times are in milliseconds where their name ends so. Stateless. */
public final class JsonReport {

    private JsonReport() {}

    public static ObjectNode of(LoadReport report) {
        ObjectNode root = JsonNodeFactory.instance.objectNode();
        root.put("map", report.map())
                .put("keyPrefix", report.keyPrefix())
                .put("keys", report.dataset().keys())
                .put("valueBytes", report.dataset().valueBytes())
                .put("warmUpSeconds", report.warmUpSeconds())
                .put("seed", report.dataset().seed())
                .put("stoppedEarly", report.stoppedEarly())
                .put("hotPutsDisplaced", report.displaced());
        root.set("load", step(report.load()));
        report.search().forEach(step -> root.withArray("search").add(step(step)));
        report.memory().share().ifPresent(share -> root.put("getsFromMemory", share));
        report.memory().loaded().ifPresent(loaded -> root.put("keysLoaded", (long) loaded));
        root.set("proof", proof(report.proof()));
        return root;
    }

    private static ObjectNode step(StepResult step) {
        ObjectNode node = JsonNodeFactory.instance.objectNode();
        node.put("putsPerSecond", step.asked().putsPerSecond())
                .put("getsPerSecond", step.asked().getsPerSecond())
                .put("seconds", step.seconds())
                .put("held", step.verdict().held())
                .put("why", step.verdict().why());
        node.set("puts", stream(step.puts()));
        node.set("gets", stream(step.gets()));
        return node;
    }

    private static ObjectNode stream(StreamResult stream) {
        ObjectNode node = JsonNodeFactory.instance.objectNode();
        node.put("offeredPerSecond", stream.offered())
                .put("achievedPerSecond", stream.achieved())
                .put("succeeded", stream.succeeded())
                .put("failed", stream.failed())
                .put("unanswered", stream.unanswered())
                .put("neverStarted", stream.neverStarted())
                .put("p50Millis", stream.latency().p50())
                .put("p99Millis", stream.latency().p99())
                .put("p999Millis", stream.latency().p999())
                .put("maxMillis", stream.latency().max());
        stream.failures().forEach((code, count) -> node.withObject("/failures").put(code, count.count()));
        return node;
    }

    private static ObjectNode proof(ProofResult proof) {
        ObjectNode node = JsonNodeFactory.instance.objectNode();
        node.put("conclusion", proof.conclusion().name().toLowerCase(Locale.ROOT))
                .put("seconds", proof.seconds())
                .put("acknowledgedPuts", proof.acknowledgedPuts())
                .put("acknowledgedKeys", proof.acknowledgedKeys())
                .put("readsChecked", proof.readsChecked())
                .put("readsWrong", proof.readsWrong());
        proof.firstWrongReads()
                .forEach(read -> node.withArray("firstWrongReads").add(read.toString()));
        if (!proof.obstacle().isEmpty()) {
            node.put("obstacle", proof.obstacle());
        }
        proof.shards().forEach(shard -> node.withArray("shards").add(shard(shard)));
        return node;
    }

    private static ObjectNode shard(ShardResult shard) {
        ObjectNode node = JsonNodeFactory.instance.objectNode();
        node.put("shard", shard.shard());
        for (NodeResult compared : shard.nodes()) {
            ObjectNode entry = node.withArray("nodes").addObject();
            entry.put("address", compared.node())
                    .put("role", compared.primary() ? "primary" : "standby")
                    .put("rows", compared.rows())
                    .put("wrong", compared.wrongRows());
            compared.first().forEach(finding -> entry.withArray("first").add(finding.toString()));
        }
        shard.notCompared()
                .forEach((address, reason) -> node.withObject("/notCompared").put(address, reason));
        return node;
    }
}
