package io.throughline.cli.shards;

import java.util.List;

/**
 * A node as it answers.
 *
 * @param name such as {@code shard-1/node-2}
 * @param address {@code host:port}
 * @param standbys what a primary says of those that stream from it
 * @param reason why it is down, else empty
 */
public record NodeState(String name, String address, Role role, List<Standby> standbys, String reason) {

    /** What it is to its shard, by its own word. */
    public enum Role {
        PRIMARY,
        STANDBY,
        DOWN
    }

    /**
     * @param node the name under which it streams, without the shard
     * @param sync its {@code sync_state} in pg_stat_replication
     * @param lagBytes of WAL that it hasn't replayed
     */
    public record Standby(String node, boolean streaming, String sync, long lagBytes) {

        public boolean synchronous() {
            return streaming && (sync.equals("quorum") || sync.equals("sync"));
        }
    }

    public NodeState {
        standbys = List.copyOf(standbys);
    }

    static NodeState down(String name, String address, String reason) {
        return new NodeState(name, address, Role.DOWN, List.of(), reason);
    }

    /** Of a grid that was stopped in order. */
    public static NodeState stopped(String name, String address) {
        return down(name, address, "it is stopped");
    }
}
