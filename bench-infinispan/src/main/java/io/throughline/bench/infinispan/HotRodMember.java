package io.throughline.bench.infinispan;

import io.throughline.bench.peers.OtherGrid;
import java.io.IOException;
import org.infinispan.Cache;
import org.infinispan.configuration.global.GlobalConfigurationBuilder;
import org.infinispan.manager.DefaultCacheManager;
import org.infinispan.manager.EmbeddedCacheManager;
import org.infinispan.remoting.transport.jgroups.JGroupsTransport;
import org.infinispan.server.hotrod.HotRodServer;
import org.infinispan.server.hotrod.configuration.HotRodServerConfigurationBuilder;

/** A member with a cache for each shard, and a Hot Rod server on loopback. Both last as long as the JVM. Stateless. */
final class HotRodMember {

    private HotRodMember() {}

    /** Returns when it has joined and answers. */
    static void start(OtherGrid.Member member) throws IOException {
        EmbeddedCacheManager manager = new DefaultCacheManager(global(member).build());
        for (int shard = 0; shard < member.grid().shards().size(); shard++) {
            String name = ShardCache.name(shard);
            manager.defineConfiguration(name, ShardCache.config(member, shard));
            Cache<Object, Object> cache = manager.getCache(name);
            TimeToLive.start(cache.getAdvancedCache().getDataContainer());
        }
        HotRodServer server = new HotRodServer();
        server.start(
                new HotRodServerConfigurationBuilder()
                        .host("127.0.0.1")
                        .port(OtherGrid.Member.port(member.addresses().get(member.number())))
                        .build(),
                manager);
        server.postStart();
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
}
