package io.throughline.bench.loader;

import java.util.List;

/**
 * Whether what was acknowledged is on the shards.
 *
 * @param rows that were compared, on all nodes
 * @param wrong rows that aren't as they must be, the first few of them in words
 * @param notCompared nodes, with the reason
 */
public record ProofReport(
        int acknowledgedKeys, long rows, long wrongRows, List<String> wrong, List<String> notCompared) {

    public ProofReport {
        wrong = List.copyOf(wrong);
        notCompared = List.copyOf(notCompared);
    }

    public boolean holds() {
        return wrongRows == 0 && notCompared.isEmpty();
    }
}
