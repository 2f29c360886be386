package io.throughline.mapstore;

/**
 * How a shard looked to one probe.
 *
 * @param writable whether it has a primary, and enough standbys that a commit is answered
 * @param primary {@code host:port}, empty where none was found
 * @param synchronousStandbys connected standbys whose word counts for the quorum
 * @param streamingStandbys connected standbys
 * @param reason why it is not writable, empty where it is
 */
public record ShardHealth(
        String shard,
        boolean writable,
        String primary,
        int synchronousStandbys,
        int streamingStandbys,
        String reason) {}
