package io.throughline.member.metrics;

import com.hazelcast.cluster.Cluster;
import com.hazelcast.cluster.Member;
import com.hazelcast.core.HazelcastInstance;
import com.hazelcast.partition.Partition;
import com.hazelcast.partition.PartitionService;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;

/** The cluster as this member sees it. */
public final class ClusterMeters implements MeterBinder {

    private final Cluster cluster;
    private final PartitionService partitions;

    public ClusterMeters(HazelcastInstance member) {
        this.cluster = member.getCluster();
        this.partitions = member.getPartitionService();
    }

    @Override
    public void bindTo(MeterRegistry registry) {
        Gauge.builder("throughline.cluster.members", () -> cluster.getMembers().size())
                .description("members in this member's list")
                .register(registry);
        Gauge.builder("throughline.partitions.owned", this::owned)
                .description("partitions that this member owns")
                .register(registry);
    }

    private long owned() {
        Member self = cluster.getLocalMember();
        return partitions.getPartitions().stream()
                .map(Partition::getOwner)
                .filter(self::equals)
                .count();
    }
}
