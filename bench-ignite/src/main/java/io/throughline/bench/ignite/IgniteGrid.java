package io.throughline.bench.ignite;

import io.throughline.bench.peers.AsyncMap;
import io.throughline.bench.peers.OtherGrid;
import io.throughline.bench.peers.Peer;
import java.nio.file.Path;
import java.util.List;
import org.apache.ignite.Ignite;
import org.apache.ignite.Ignition;

/**
 * Apache Ignite. The load comes through a client node, as a thin client carried no more (docs/performance.md): 1,203, 1,761
 * and 2,452 puts/s at 64, 256 and 1,024 in flight against 1,388, 1,928 and 2,431.
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
