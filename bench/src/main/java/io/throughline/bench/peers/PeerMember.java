package io.throughline.bench.peers;

import com.hazelcast.config.Config;
import com.hazelcast.config.YamlConfigBuilder;
import com.hazelcast.core.Hazelcast;
import com.hazelcast.core.HazelcastInstance;
import com.hazelcast.instance.impl.HazelcastInstanceProxy;
import io.throughline.mapstore.config.GridConfig;
import io.throughline.mapstore.config.GridConfigReader;
import io.throughline.mapstore.store.StoreThreads;
import java.io.IOException;
import java.nio.file.Path;

/**
 * A peer's member in a JVM of its own. Writes a line once it has joined, and ends when its standard input does, so that it
 * can't outlive who started it.
 */
public final class PeerMember {

    /** The map that every peer has. */
    public static final String MAP = "kv";

    private PeerMember() {}

    /** Where each shard has a map of its own. */
    public static String mapOfShard(int shard) {
        return MAP + (shard + 1);
    }

    /** Arguments: peer, hazelcast.yaml, throughline.yaml, port, connections to one shard. */
    public static void main(String[] arguments) throws IOException {
        MainThread.endsItsJvm();
        Peer peer = Peer.named(arguments[0]).orElseThrow();
        if (peer.grid() == Peer.Grid.GENERIC) {
            // Its Hazelcast is older than the shipped configuration and doesn't know all of its keys.
            System.setProperty("hazelcast.config.schema.validation.enabled", "false");
        }
        Config config = new YamlConfigBuilder(arguments[1]).build();
        config.getNetworkConfig().setPort(Integer.parseInt(arguments[3])).setPortAutoIncrement(false);
        GridConfig grid = new GridConfigReader().read(Path.of(arguments[2]));
        new PeerConfig(peer, grid, Integer.parseInt(arguments[4])).applyTo(config);
        HazelcastInstance member = Hazelcast.newHazelcastInstance(config);
        if (peer.grid() == Peer.Grid.UPSERT_271 || peer.grid() == Peer.Grid.EMPTY) {
            StoreThreads.provide(
                    ((HazelcastInstanceProxy) member).getOriginal().node.getNodeEngine(), grid.partitions());
        }
        System.out.println("joined");
        while (System.in.read() >= 0) {
            // Nothing is said to it.
        }
        member.getLifecycleService().terminate();
    }
}
