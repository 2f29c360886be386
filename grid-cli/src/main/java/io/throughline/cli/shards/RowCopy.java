package io.throughline.cli.shards;

/**
 * A key's row as one node has it.
 *
 * @param value the first characters of the value
 */
public record RowCopy(
        NodeState.Role role, int partition, long bytes, String writtenAt, boolean tombstone, String value) {}
