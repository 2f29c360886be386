package io.throughline.bench.infinispan;

import io.throughline.bench.peers.OtherGrid;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.infinispan.Cache;
import org.infinispan.configuration.global.GlobalConfigurationBuilder;
import org.infinispan.manager.DefaultCacheManager;
import org.infinispan.remoting.transport.jgroups.JGroupsTransport;
import org.infinispan.server.hotrod.HotRodServer;
import org.infinispan.server.hotrod.configuration.HotRodServerConfigurationBuilder;

/** A member with a cache for each shard, and a Hot Rod server on loopback. For one thread. */
final class HotRodMember implements AutoCloseable {

    private final DefaultCacheManager manager;
    private final HotRodServer server = new HotRodServer();
    private final List<TimeToLive> timesToLive = new ArrayList<>();

    private HotRodMember(DefaultCacheManager manager) {
        this.manager = manager;
    }

    /** Returns when it has joined and answers. */
    static HotRodMember start(OtherGrid.Member member) throws IOException {
        HotRodMember started =
                new HotRodMember(new DefaultCacheManager(global(member).build(), /* start= */ true));
        for (int shard = 0; shard < member.grid().shards().size(); shard++) {
            started.startCache(member, shard);
        }
        started.startServer(OtherGrid.Member.port(member.addresses().get(member.number())));
        return started;
    }

    private static GlobalConfigurationBuilder global(OtherGrid.Member member) {
        GlobalConfigurationBuilder global = GlobalConfigurationBuilder.defaultClusteredBuilder();
        global.transport()
                .clusterName("bench")
                .nodeName("member-" + (member.number() + 1))
                .addProperty(
                        JGroupsTransport.CONFIGURATION_XML,
                        LoopbackStack.xml(
                                OtherGrid.Member.port(member.innerAddresses().get(member.number())),
                                member.innerAddresses()));
        global.jmx().disable().metrics().gauges(false);
        return global;
    }

    private void startCache(OtherGrid.Member member, int shard) throws IOException {
        manager.defineConfiguration(ShardCache.name(shard), ShardCache.config(member, shard));
        Cache<Object, Object> cache = manager.getCache(ShardCache.name(shard));
        timesToLive.add(TimeToLive.start(cache.getAdvancedCache().getDataContainer()));
    }

    private void startServer(int port) {
        server.start(
                new HotRodServerConfigurationBuilder()
                        .host("127.0.0.1")
                        .port(port)
                        .build(),
                manager);
        server.postStart();
    }

    @Override
    public void close() throws IOException {
        server.stop();
        timesToLive.forEach(TimeToLive::close);
        manager.close();
    }
}
