package io.throughline.cli.audit;

import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * What an audit found.
 *
 * @param partitions whose memory was read
 * @param entries in it
 * @param rows of all primaries that were read
 * @param passing keys that differed at first, and did no more at a later look
 * @param undecided differences that could not be told from writes under way
 * @param notCompared why a node, or the rest of a shard's rows, was left out, by its name
 */
public record AuditResult(
        int partitions,
        long entries,
        long rows,
        long passing,
        List<Difference> differences,
        List<Difference> undecided,
        Map<String, String> notCompared,
        Duration took) {

    public AuditResult {
        differences = List.copyOf(differences);
        undecided = List.copyOf(undecided);
        notCompared = Map.copyOf(notCompared);
    }

    /** Everything was compared, and nothing differs. */
    public boolean agrees() {
        return differences.isEmpty() && complete();
    }

    public boolean complete() {
        return undecided.isEmpty() && notCompared.isEmpty();
    }
}
