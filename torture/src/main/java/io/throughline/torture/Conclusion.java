package io.throughline.torture;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.throughline.cli.ExitCode;
import io.throughline.torture.page.JsonForm;
import io.throughline.torture.page.TortureResult;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;

/**
 * What a run came to.
 *
 * @param folder where the grid, its logs and the operations are kept, unless all is well
 */
record Conclusion(TortureResult result, Evidence evidence, Path folder) {

    static Conclusion of(TorturePlan plan, Evidence evidence) {
        return new Conclusion(
                TortureResult.of(plan.seed(), evidence.operations(), evidence.faults(), Judgement.of(evidence)),
                evidence,
                plan.folder().path());
    }

    ExitCode exitCode() {
        if (!evidence.unanswered().isEmpty()) {
            return ExitCode.NO;
        }
        return switch (result.check().verdict()) {
            case VIOLATED -> ExitCode.NO;
            case NOT_DECIDED -> ExitCode.FAILED;
            case GOOD -> evidence.obstacles().isEmpty() ? ExitCode.DONE : ExitCode.FAILED;
        };
    }

    /** What the result itself doesn't say, a line each. */
    List<String> remarks() {
        List<String> remarks = new ArrayList<>();
        remarks.add(evidence.operations().size() + " operations, "
                + evidence.direct().cardinality() + " of them at the shard itself; rows of "
                + evidence.rows().nodes().size() + " nodes compared.");
        new TreeMap<>(evidence.failures()).forEach((code, count) -> remarks.add("  " + count + " × " + code));
        evidence.unanswered().forEach(asked -> remarks.add("Never answered: " + asked));
        evidence.obstacles().forEach(obstacle -> remarks.add("Not checked: " + obstacle));
        return remarks;
    }

    ObjectNode json() {
        ObjectNode json = JsonForm.of(result);
        json.put("operations", evidence.operations().size())
                .put("direct", evidence.direct().cardinality())
                .put("nodesRead", evidence.rows().nodes().size())
                .put("folder", exitCode() == ExitCode.DONE ? "" : folder.toString());
        ObjectNode failures = json.putObject("failures");
        new TreeMap<>(evidence.failures()).forEach(failures::put);
        evidence.unanswered().forEach(json.putArray("unanswered")::add);
        evidence.obstacles().forEach(json.putArray("obstacles")::add);
        return json;
    }
}
