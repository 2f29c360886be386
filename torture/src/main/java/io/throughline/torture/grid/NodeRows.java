package io.throughline.torture.grid;

import java.util.Map;
import java.util.Optional;

/**
 * The rows of one node.
 *
 * @param node {@code host:port}
 * @param values by their keys; an empty one is a tombstone
 */
public record NodeRows(String shard, String node, boolean primary, Map<String, Optional<String>> values) {

    public NodeRows {
        values = Map.copyOf(values);
    }

    @Override
    public String toString() {
        return shard + (primary ? " primary " : " standby ") + node;
    }
}
