package io.throughline.mapstore.writer;

import com.hazelcast.internal.partition.IPartition;
import com.hazelcast.internal.partition.IPartitionService;

/**
 * Which partitions are this member's at this moment. A partition that is being handed over is in limbo: its migration
 * may be committed already at the other end, or be rolled back. Thread-safe.
 */
public final class Ownership {

    /** Whose a partition is. */
    public enum State {
        MINE,
        IN_LIMBO,
        NOT_MINE
    }

    private final IPartitionService partitions;

    public Ownership(IPartitionService partitions) {
        this.partitions = partitions;
    }

    public State of(int partition) {
        IPartition state = partitions.getPartition(partition, false);
        // The flag before the owner: it is set before a migration begins and cleared after the table has changed.
        boolean migrating = state.isMigrating();
        if (!state.isLocal()) {
            return State.NOT_MINE;
        }
        return migrating || state.isMigrating() ? State.IN_LIMBO : State.MINE;
    }

    boolean mine(int partition) {
        return of(partition) == State.MINE;
    }
}
