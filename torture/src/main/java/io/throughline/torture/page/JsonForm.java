package io.throughline.torture.page;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.throughline.torture.check.CheckResult;
import io.throughline.torture.check.Finding;
import io.throughline.torture.check.StalestRead;
import io.throughline.torture.check.Wording;
import io.throughline.torture.history.Fault;
import io.throughline.torture.history.Operation;
import io.throughline.torture.history.Outcome;
import java.util.Locale;

/** A result for scripts, and what the page draws. Times are in milliseconds since the run began. Stateless. */
public final class JsonForm {

    private JsonForm() {}

    public static ObjectNode of(TortureResult result) {
        ObjectNode root = JsonNodeFactory.instance.objectNode();
        CheckResult check = result.check();
        root.put("seed", result.seed())
                .put("millis", millis(result.nanos()))
                .put("verdict", lower(check.verdict()))
                .put("keys", check.keys())
                .put("keysViolated", check.violated());
        root.withArray("keysNotDecided");
        check.notDecided().forEach(key -> root.withArray("keysNotDecided").add(key));
        root.withArray("faults");
        result.faults().forEach(fault -> root.withArray("faults").add(fault(fault)));
        root.withArray("clients");
        result.clients().forEach(activity -> root.withArray("clients").add(activity(activity)));
        check.stalest().ifPresent(stalest -> root.set("stalestRead", stalest(stalest)));
        root.withArray("findings");
        check.findings().forEach(finding -> root.withArray("findings").add(finding(finding)));
        return root;
    }

    private static ObjectNode fault(Fault fault) {
        return JsonNodeFactory.instance
                .objectNode()
                .put("name", fault.name())
                .put("target", fault.target())
                .put("begun", millis(fault.begun()))
                .put("ended", millis(fault.ended()));
    }

    private static ObjectNode activity(ClientActivity activity) {
        ObjectNode node = JsonNodeFactory.instance.objectNode();
        node.put("kind", lower(activity.kind()));
        for (Outcome outcome : Outcome.values()) {
            node.put(lower(outcome), activity.count(outcome));
        }
        node.withArray("seconds");
        activity.seconds()
                .forEach(second -> node.withArray("seconds")
                        .addObject()
                        .put("at", second.at())
                        .put("operations", second.operations())
                        .put("medianMillis", second.median())
                        .put("slowestMillis", second.slowest()));
        return node;
    }

    private static ObjectNode stalest(StalestRead stalest) {
        ObjectNode node = JsonNodeFactory.instance.objectNode();
        node.put("behindMillis", millis(stalest.behind()));
        node.set("read", operation(stalest.read()));
        node.set("overwrittenBy", operation(stalest.overwrittenBy()));
        return node;
    }

    private static ObjectNode finding(Finding finding) {
        ObjectNode node = JsonNodeFactory.instance.objectNode();
        node.put("kind", lower(finding.kind()))
                .put("title", finding.kind().title())
                .put("key", finding.key())
                .put("offender", finding.offender())
                .put("sentence", finding.sentence());
        node.withArray("history");
        finding.history().forEach(each -> node.withArray("history").add(operation(each)));
        node.withArray("stored");
        finding.stored()
                .forEach(each -> node.withArray("stored")
                        .addObject()
                        .put("copy", each.copy())
                        .put("text", Wording.value(each.value())));
        return node;
    }

    private static ObjectNode operation(Operation operation) {
        return JsonNodeFactory.instance
                .objectNode()
                .put("id", operation.id())
                .put("client", operation.client())
                .put("kind", lower(operation.kind()))
                .put("key", operation.key())
                .put("text", Wording.of(operation))
                .put("invoked", millis(operation.invoked()))
                .put("completed", millis(operation.completed()))
                .put("outcome", lower(operation.outcome()));
    }

    private static double millis(long nanos) {
        return Math.round(nanos / 1e3) / 1e3;
    }

    private static String lower(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
