package io.throughline.mapstore.settings;

import com.hazelcast.config.Config;
import com.hazelcast.config.MapConfig;
import com.hazelcast.config.MergePolicyConfig;
import com.hazelcast.config.SplitBrainProtectionConfig;
import com.hazelcast.spi.merge.DiscardMergePolicy;
import com.hazelcast.spi.properties.ClusterProperty;
import com.hazelcast.spi.properties.HazelcastProperties;
import com.hazelcast.splitbrainprotection.SplitBrainProtectionOn;
import com.hazelcast.splitbrainprotection.impl.RecentlyActiveSplitBrainProtectionFunction;
import io.throughline.mapstore.config.GridConfig;
import io.throughline.mapstore.config.GridMapConfig;
import io.throughline.mapstore.writer.Membership;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * What bounds how long an earlier owner's memory can be read. A lost one's: a member that hears no majority refuses within the
 * tolerance, what it holds expires one TTL later, and only after both is it dropped and replaced. One that hands a partition
 * over answers no reads of it meanwhile.
 */
final class LeaseSettings {

    private static final int TOLERANCE_MILLIS = 4_000;
    private static final int HEARTBEAT_SECONDS = 1;
    private static final int SILENT_SECONDS = 10;
    private static final int MERGE_SECONDS = 10;

    /** By class name and by the short name that hazelcast.yaml may give. */
    private static final Set<String> DISCARDS =
            Set.of(DiscardMergePolicy.class.getName(), DiscardMergePolicy.class.getSimpleName());

    private LeaseSettings() {}

    static void complete(Config hazelcast, GridConfig grid) {
        HazelcastSettings.setUnlessSet(
                hazelcast, ClusterProperty.HEARTBEAT_INTERVAL_SECONDS.getName(), HEARTBEAT_SECONDS);
        HazelcastSettings.setUnlessSet(hazelcast, ClusterProperty.MAX_NO_HEARTBEAT_SECONDS.getName(), SILENT_SECONDS);
        HazelcastSettings.setUnlessSet(
                hazelcast, ClusterProperty.MERGE_FIRST_RUN_DELAY_SECONDS.getName(), MERGE_SECONDS);
        HazelcastSettings.setUnlessSet(
                hazelcast, ClusterProperty.MERGE_NEXT_RUN_DELAY_SECONDS.getName(), MERGE_SECONDS);
        HazelcastSettings.setUnlessSet(
                hazelcast, ClusterProperty.DISABLE_STALE_READ_ON_PARTITION_MIGRATION.getName(), true);
        // Hazelcast has no protection of one member, nor does one need any.
        boolean protect = grid.majority() > 1;
        if (protect && !hazelcast.getSplitBrainProtectionConfigs().containsKey(Membership.MAJORITY)) {
            hazelcast.addSplitBrainProtectionConfig(majority(grid));
        }
        for (GridMapConfig map : grid.maps()) {
            MapConfig config = hazelcast.getMapConfig(map.name());
            if (protect && config.getSplitBrainProtectionName() == null) {
                config.setSplitBrainProtectionName(Membership.MAJORITY);
            }
            config.setMergePolicyConfig(new MergePolicyConfig()
                    .setPolicy(DiscardMergePolicy.class.getName())
                    .setBatchSize(MergePolicyConfig.DEFAULT_BATCH_SIZE));
        }
    }

    private static SplitBrainProtectionConfig majority(GridConfig grid) {
        return SplitBrainProtectionConfig.newRecentlyActiveSplitBrainProtectionConfigBuilder(
                        Membership.MAJORITY, grid.majority(), TOLERANCE_MILLIS)
                .build()
                .setProtectOn(SplitBrainProtectionOn.READ_WRITE);
    }

    static List<String> judge(Config hazelcast, GridConfig grid) {
        List<String> unsafe = new ArrayList<>();
        HazelcastProperties properties = new HazelcastProperties(hazelcast);
        int silentSeconds = properties.getInteger(ClusterProperty.MAX_NO_HEARTBEAT_SECONDS);
        long backupMillis = properties.getMillis(ClusterProperty.OPERATION_BACKUP_TIMEOUT_MILLIS);
        if (!properties.getBoolean(ClusterProperty.DISABLE_STALE_READ_ON_PARTITION_MIGRATION)) {
            unsafe.add(ClusterProperty.DISABLE_STALE_READ_ON_PARTITION_MIGRATION.getName()
                    + " is false and should be true: a member that hands a partition over would answer reads from memory when the"
                    + " next one already takes writes");
        }
        for (GridMapConfig map : grid.maps()) {
            MapConfig config = hazelcast.findMapConfig(map.name());
            String prefix = "map." + map.name() + ".";
            int ttlSeconds = config.getTimeToLiveSeconds();
            if (!DISCARDS.contains(config.getMergePolicyConfig().getPolicy())) {
                unsafe.add(prefix + "merge-policy is "
                        + config.getMergePolicyConfig().getPolicy() + " and should be DiscardMergePolicy: after a split"
                        + " the smaller side's entries would come back");
            }
            if (backupMillis < ttlSeconds * 1_000L) {
                unsafe.add(ClusterProperty.OPERATION_BACKUP_TIMEOUT_MILLIS.getName() + " is " + backupMillis
                        + " and " + prefix + "time-to-live-seconds is " + ttlSeconds
                        + ": a put must wait for a silent backup until what that backup holds has expired");
            }
            if (grid.majority() > 1) {
                judgeMajority(hazelcast, grid, prefix, config, silentSeconds, unsafe);
            }
        }
        return unsafe;
    }

    private static void judgeMajority(
            Config hazelcast, GridConfig grid, String prefix, MapConfig map, int silentSeconds, List<String> unsafe) {
        String name = map.getSplitBrainProtectionName();
        SplitBrainProtectionConfig protection =
                name == null ? null : hazelcast.getSplitBrainProtectionConfigs().get(name);
        if (protection == null || !Membership.MAJORITY.equals(name) || !protection.isEnabled()) {
            unsafe.add(prefix + "split-brain-protection-ref is " + name + " and should be " + Membership.MAJORITY
                    + ", enabled: a member cut off from the others would go on serving");
            return;
        }
        String path = "split-brain-protection." + name + ".";
        if (protection.getProtectOn() != SplitBrainProtectionOn.READ_WRITE) {
            unsafe.add(path + "protect-on is " + protection.getProtectOn() + " and should be READ_WRITE");
        }
        if (protection.getMinimumClusterSize() < grid.majority()) {
            unsafe.add(path + "minimum-cluster-size is " + protection.getMinimumClusterSize() + " and should be "
                    + grid.majority() + ", the majority of members in " + grid.file());
        }
        if (protection.getFunctionImplementation() instanceof RecentlyActiveSplitBrainProtectionFunction function) {
            judgeLease(path, prefix, function.getHeartbeatToleranceMillis(), map, silentSeconds, unsafe);
        } else {
            unsafe.add(path + "recently-active-split-brain-protection is missing: a member that hears nobody must"
                    + " refuse within its heartbeat-tolerance-millis");
        }
    }

    private static void judgeLease(
            String path, String prefix, int toleranceMillis, MapConfig map, int silentSeconds, List<String> unsafe) {
        if (toleranceMillis + map.getTimeToLiveSeconds() * 1_000L >= silentSeconds * 1_000L) {
            unsafe.add(path + "recently-active-split-brain-protection.heartbeat-tolerance-millis (" + toleranceMillis
                    + ") + " + prefix + "time-to-live-seconds (" + map.getTimeToLiveSeconds() + ") must be less than "
                    + ClusterProperty.MAX_NO_HEARTBEAT_SECONDS.getName() + " (" + silentSeconds
                    + "): a lost owner's copies must have expired before another owner accepts a write");
        }
    }
}
