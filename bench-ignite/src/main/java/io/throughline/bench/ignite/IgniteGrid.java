package io.throughline.bench.ignite;

import io.throughline.bench.peers.AsyncMap;
import io.throughline.bench.peers.OtherGrid;
import io.throughline.bench.peers.Peer;
import java.nio.file.Path;
import java.util.List;
import org.apache.ignite.Ignite;
import org.apache.ignite.Ignition;

/**
 * Apache Ignite. The load comes through a client node: a member answers a thin client's requests one after the other, and
 * those of its own partitions it stores in that thread.
 */
public final class IgniteGrid implements OtherGrid {

    @Override
    public Peer peer() {
        return Peer.IGNITE;
    }

    @Override
    public void start(Member member) {
        Ignition.start(NodeConfig.ofMember(member));
    }

    @Override
    public Client connect(List<String> addresses, Path folder) {
        Ignite node = Ignition.start(NodeConfig.ofClient(addresses, folder));
        return new Client() {
            @Override
            public AsyncMap mapOfShard(int shard) {
                return new IgniteMap(node.cache(ShardCache.name(shard)));
            }

            @Override
            public void close() {
                node.close();
            }
        };
    }
}
