package io.throughline.mapstore.writer;

import com.hazelcast.internal.partition.MigrationAwareService;
import com.hazelcast.internal.partition.MigrationEndpoint;
import com.hazelcast.internal.partition.MigrationInfo;
import com.hazelcast.internal.partition.PartitionMigrationEvent;
import com.hazelcast.internal.partition.PartitionReplica;
import com.hazelcast.internal.partition.PartitionReplicationEvent;
import com.hazelcast.internal.partition.impl.InternalPartitionServiceImpl;
import com.hazelcast.spi.impl.operationservice.Operation;
import io.throughline.mapstore.writer.Duties.Gain;
import java.util.UUID;
import java.util.function.IntFunction;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Notes from whom a partition comes, before it is this member's. An event listener would learn it too late, and the
 * member list may still show an owner whose partitions are being promoted: Hazelcast orders the two on the master only.
 * {@code beforeMigration} runs in the promotion and in the migration itself (Hazelcast 5.7, {@code
 * BeforePromotionOperation}, {@code MigrationOperation}). Thread-safe.
 */
public final class PartitionGains implements MigrationAwareService {

    public static final String SERVICE_NAME = "throughline:partition-gains";

    private final InternalPartitionServiceImpl partitions;
    private final Supplier<UUID> self;
    private final IntFunction<ShardWriter> writerOfPartition;
    private final Reruns reruns;

    public PartitionGains(
            InternalPartitionServiceImpl partitions,
            Supplier<UUID> self,
            IntFunction<ShardWriter> writerOfPartition,
            Reruns reruns) {
        this.partitions = partitions;
        this.self = self;
        this.writerOfPartition = writerOfPartition;
        this.reruns = reruns;
    }

    @Override
    public void beforeMigration(PartitionMigrationEvent event) {
        if (becomesOwner(event)) {
            noteOwnerOf(event.getPartitionId());
        }
    }

    private static boolean becomesOwner(PartitionMigrationEvent event) {
        return event.getMigrationEndpoint() == MigrationEndpoint.DESTINATION
                && event.getNewReplicaIndex() == 0
                && event.getCurrentReplicaIndex() != 0;
    }

    /**
     * The table mostly still shows the old owner: it changes when the migration or promotion is finalized. But the master
     * removes from it who left before it promotes anyone, and publishes that when it has promoted the first of several
     * members (Hazelcast 5.7, {@code MigrationManagerImpl.RepairPartitionTableTask}).
     */
    private void noteOwnerOf(int partition) {
        @Nullable
        PartitionReplica owner = partitions.getPartition(partition, false).getOwnerReplicaOrNull();
        if (owner == null) {
            writerOfPartition.apply(partition).orphaned(partition);
            return;
        }
        if (owner.uuid().equals(self.get())) {
            return;
        }
        // Only an ordered migration is registered as active at its destination; a promotion has no source.
        @Nullable MigrationInfo ordered = partitions.getMigrationManager().getActiveMigration(partition);
        Gain gain = ordered != null && owner.equals(ordered.getSource()) ? Gain.HANDED_OVER : Gain.INHERITED;
        writerOfPartition.apply(partition).gained(partition, owner.uuid(), gain);
    }

    /** There is nothing to copy: the rows are on the shard. */
    @Override
    public @Nullable Operation prepareReplicationOperation(PartitionReplicationEvent event) {
        return null;
    }

    /** Operations of the partition are let in again after this only, however long the migration took. */
    @Override
    public void commitMigration(PartitionMigrationEvent event) {
        if (becomesOwner(event)) {
            reruns.expect(event.getPartitionId());
        }
    }

    /**
     * What was noted stays: settling it needlessly costs each of the others one refused batch. At the source what was under way is run again, as it would
     * have been at the destination.
     */
    @Override
    public void rollbackMigration(PartitionMigrationEvent event) {
        if (event.getMigrationEndpoint() == MigrationEndpoint.SOURCE && event.getCurrentReplicaIndex() == 0) {
            reruns.expect(event.getPartitionId());
        }
    }
}
