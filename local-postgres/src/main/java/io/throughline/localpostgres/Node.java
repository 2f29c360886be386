package io.throughline.localpostgres;

import java.nio.file.Path;

/**
 * One PostgreSQL server as it was when it was looked at.
 *
 * @param name unique within the shard, such as {@code node-2}
 * @param pid of the postmaster, 0 where none runs
 */
public record Node(
        String shard,
        String name,
        String host,
        int port,
        Role role,
        Condition condition,
        long pid,
        Path data,
        Path log) {

    /** Whether its server runs. */
    public enum Condition {
        RUNNING,
        /** Stopped by SIGSTOP; told apart from running on Linux only. */
        PAUSED,
        DOWN
    }

    /** Unique within all shards, such as {@code shard-1/node-2}. */
    public String id() {
        return shard + "/" + name;
    }

    public String address() {
        return host + ":" + port;
    }
}
