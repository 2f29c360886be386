package io.throughline.bench.proof;

import io.throughline.bench.ledger.Verdict;
import java.util.List;
import java.util.Map;

/**
 * A node whose rows were compared.
 *
 * @param node {@code host:port}
 * @param rows of this run, present on it
 * @param wrong how many there are of each kind; empty where all is well
 * @param first some of them
 */
public record NodeResult(String node, boolean primary, long rows, Map<Verdict, Long> wrong, List<Finding> first) {

    public NodeResult {
        wrong = Map.copyOf(wrong);
        first = List.copyOf(first);
    }

    public long wrongRows() {
        return wrong.values().stream().mapToLong(Long::longValue).sum();
    }
}
