package io.throughline.bench.proof;

import java.util.List;
import java.util.Map;

/**
 * A shard's part of the proof.
 *
 * @param nodes those that were compared, the primary first
 * @param notCompared {@code host:port} to the reason
 */
public record ShardResult(String shard, List<NodeResult> nodes, Map<String, String> notCompared) {

    public ShardResult {
        nodes = List.copyOf(nodes);
        notCompared = Map.copyOf(notCompared);
    }

    /** The primary and at least one standby: fewer copies would prove nothing about losing a machine. */
    public boolean conclusive() {
        return nodes.stream().anyMatch(NodeResult::primary) && nodes.stream().anyMatch(node -> !node.primary());
    }

    public long wrongRows() {
        return nodes.stream().mapToLong(NodeResult::wrongRows).sum();
    }
}
