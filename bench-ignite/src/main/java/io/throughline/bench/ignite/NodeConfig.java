package io.throughline.bench.ignite;

import io.throughline.bench.peers.OtherGrid;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.List;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.IntStream;
import org.apache.ignite.configuration.CacheConfiguration;
import org.apache.ignite.configuration.DataRegionConfiguration;
import org.apache.ignite.configuration.DataStorageConfiguration;
import org.apache.ignite.configuration.IgniteConfiguration;
import org.apache.ignite.logger.java.JavaLogger;
import org.apache.ignite.spi.communication.tcp.TcpCommunicationSpi;
import org.apache.ignite.spi.discovery.tcp.TcpDiscoverySpi;
import org.apache.ignite.spi.discovery.tcp.ipfinder.vm.TcpDiscoveryVmIpFinder;

/** Nodes that listen on this machine's loopback only. Stateless. */
final class NodeConfig {

    /** Held, as java.util.logging forgets what nobody holds. */
    private static final Logger WARNINGS = Logger.getLogger("org.apache.ignite");

    /**
     * A member stores in the thread of a stripe of partitions: with the default, eight, its ten connections to two shards
     * could never all be in use. Short runs with 8, 64 and 256 differed no more than repeated ones.
     */
    private static final int STRIPES = 64;

    /** Off the heap; all that is written in five seconds takes a tenth of it. */
    private static final long REGION_BYTES = 256L << 20;

    private NodeConfig() {}

    static IgniteConfiguration ofMember(OtherGrid.Member member) {
        IgniteConfiguration config = node(member.addresses(), member.folder())
                .setConsistentId(Integer.toString(member.number()))
                .setIgniteInstanceName("member-" + (member.number() + 1))
                .setStripedPoolSize(STRIPES)
                .setCacheConfiguration(IntStream.range(0, member.grid().shards().size())
                        .mapToObj(shard -> ShardCache.config(member.grid(), shard, member.connections()))
                        .toArray(CacheConfiguration[]::new));
        ((TcpDiscoverySpi) config.getDiscoverySpi())
                .setLocalPort(OtherGrid.Member.port(member.addresses().get(member.number())))
                .setLocalPortRange(0);
        return config;
    }

    static IgniteConfiguration ofClient(List<String> addresses, Path folder) {
        return node(addresses, folder).setClientMode(true).setIgniteInstanceName("load");
    }

    private static IgniteConfiguration node(List<String> addresses, Path folder) {
        WARNINGS.setLevel(Level.WARNING);
        DataRegionConfiguration region = new DataRegionConfiguration()
                .setName("default")
                .setInitialSize(REGION_BYTES / 4)
                .setMaxSize(REGION_BYTES);
        return new IgniteConfiguration()
                .setLocalHost("127.0.0.1")
                .setWorkDirectory(folder.toString())
                .setGridLogger(new JavaLogger(WARNINGS, false))
                .setMetricsLogFrequency(0)
                // Neither thin clients nor REST: nobody would use them.
                .setClientConnectorConfiguration(null)
                .setConnectorConfiguration(null)
                .setDataStorageConfiguration(new DataStorageConfiguration().setDefaultDataRegionConfiguration(region))
                .setDiscoverySpi(
                        new TcpDiscoverySpi().setIpFinder(new TcpDiscoveryVmIpFinder().setAddresses(addresses)))
                .setCommunicationSpi(
                        new TcpCommunicationSpi().setLocalPort(freePort()).setLocalPortRange(0));
    }

    /** Members tell each other which they took. */
    private static int freePort() {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException("no port is free", e);
        }
    }
}
