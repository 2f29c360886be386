package io.throughline.mapstore.writer;

import com.hazelcast.internal.partition.InternalPartition;
import com.hazelcast.internal.partition.InternalPartitionService;
import com.hazelcast.internal.partition.PartitionReplica;
import java.util.HashSet;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

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

    private final InternalPartitionService partitions;
    private final Set<UUID> everPlaced = ConcurrentHashMap.newKeySet();

    public Ownership(InternalPartitionService partitions) {
        this.partitions = partitions;
    }

    public State of(int partition) {
        InternalPartition state = partitions.getPartition(partition, false);
        // The flag before the owner: it is set before a migration begins and cleared after the table has changed.
        boolean migrating = state.isMigrating();
        if (!state.isLocal()) {
            return State.NOT_MINE;
        }
        return migrating || state.isMigrating() ? State.IN_LIMBO : State.MINE;
    }

    /** To be called now and then, for {@link #tableShows}. */
    void notePlaces() {
        everPlaced.addAll(holders());
    }

    /**
     * Whether the table has a place for every member of the list. The master removes who left from the whole table before
     * it has others promoted: so a member that the list shows and the table doesn't may have left, and the list be late.
     * Or it has just joined, and is given partitions within moments. Where the cluster's state forbids that, only members
     * that had a place before can be missed.
     */
    boolean tableShows(Membership membership) {
        if (membership.isMaster()) {
            return true;
        }
        Set<UUID> expected = membership.dataMembers();
        if (!membership.mayMigrate()) {
            expected.retainAll(everPlaced);
        }
        return holders().containsAll(expected);
    }

    private Set<UUID> holders() {
        Set<UUID> holders = new HashSet<>();
        for (InternalPartition partition : partitions.getInternalPartitions()) {
            for (PartitionReplica replica : partition.getReplicasCopy()) {
                if (replica != null) {
                    holders.add(replica.uuid());
                }
            }
        }
        return holders;
    }

    boolean mine(int partition) {
        return of(partition) == State.MINE;
    }
}
