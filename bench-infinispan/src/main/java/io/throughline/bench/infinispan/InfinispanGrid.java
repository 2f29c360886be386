package io.throughline.bench.infinispan;

import io.throughline.bench.peers.AsyncMap;
import io.throughline.bench.peers.OtherGrid;
import io.throughline.bench.peers.Peer;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.infinispan.client.hotrod.RemoteCacheManager;
import org.infinispan.client.hotrod.configuration.ConfigurationBuilder;

/** Infinispan: members that answer Hot Rod, and its client, which sends each key to its owner. */
public final class InfinispanGrid implements OtherGrid {

    private static final int PATIENCE_MILLIS = 30_000;

    @Override
    public Peer peer() {
        return Peer.INFINISPAN;
    }

    @Override
    public void start(Member member) throws IOException {
        HotRodMember.start(member);
    }

    @Override
    public Client connect(List<String> addresses, Path folder) {
        RemoteCacheManager client = new RemoteCacheManager(new ConfigurationBuilder()
                .addServers(String.join(";", addresses))
                .socketTimeout(PATIENCE_MILLIS)
                // What failed is of unknown outcome; it isn't sent again.
                .maxRetries(0)
                .build());
        return new Client() {
            @Override
            public AsyncMap mapOfShard(int shard) {
                return new HotRodMap(client.getCache(ShardCache.name(shard)));
            }

            @Override
            public void close() {
                client.stop();
            }
        };
    }
}
