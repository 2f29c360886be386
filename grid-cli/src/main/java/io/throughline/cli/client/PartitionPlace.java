package io.throughline.cli.client;

import com.hazelcast.cluster.Address;
import com.hazelcast.cluster.Member;
import com.hazelcast.core.HazelcastInstance;
import com.hazelcast.partition.Partition;
import io.throughline.cli.folder.GridState;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Where a partition is in memory.
 *
 * @param owner its member, with its address
 * @param copies the members with its backups; a client is told the owner only, so this is known where all others must be
 */
public record PartitionPlace(int partition, String owner, String copies) {

    private static final int BACKUPS = 2;

    public static PartitionPlace of(HazelcastInstance client, GridState state, String key) {
        Partition partition = client.getPartitionService().getPartition(key);
        String owner = partition.getOwner() == null ? "" : address(partition.getOwner());
        List<String> others = client.getCluster().getMembers().stream()
                .map(PartitionPlace::address)
                .filter(address -> !address.equals(owner))
                .toList();
        String copies = others.size() <= BACKUPS
                ? others.stream().map(address -> named(state, address)).collect(Collectors.joining(", "))
                : BACKUPS + " of the other " + others.size() + " members";
        return new PartitionPlace(partition.getPartitionId(), named(state, owner), copies);
    }

    private static String address(Member member) {
        Address address = member.getAddress();
        return address.getHost() + ":" + address.getPort();
    }

    private static String named(GridState state, String address) {
        return state.members().stream()
                .filter(member -> member.address().equals(address))
                .map(member -> member.name() + " (" + address + ")")
                .findFirst()
                .orElse(address.isEmpty() ? "nobody" : address);
    }
}
