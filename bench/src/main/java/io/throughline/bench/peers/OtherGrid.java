package io.throughline.bench.peers;

import io.throughline.mapstore.config.GridConfig;
import java.nio.file.Path;
import java.util.List;
import java.util.ServiceLoader;

/**
 * A grid that isn't Hazelcast, with a map for each shard, as its store knows one database. Whatever touches its jars is in
 * a module of its own, and found as a service in the JVMs that have these jars before Throughline's.
 */
public interface OtherGrid {

    Peer peer();

    /** Returns when it has joined. It ends with its JVM. */
    void start(Member member) throws Exception;

    /**
     * @param addresses of the members, as they were told them
     * @param folder for what the client writes, if it does; it need not be there
     */
    Client connect(List<String> addresses, Path folder);

    /**
     * A member that is to be started.
     *
     * @param number from 0
     * @param addresses {@code host:port} of each member, free on this machine
     * @param innerAddresses as many more, for what members have to say to each other
     * @param connections to each shard
     * @param folder its own, if it makes one
     */
    record Member(
            GridConfig grid,
            int number,
            List<String> addresses,
            List<String> innerAddresses,
            int connections,
            Path folder) {

        public Member {
            addresses = List.copyOf(addresses);
            innerAddresses = List.copyOf(innerAddresses);
        }

        public static int port(String address) {
            return Integer.parseInt(address.substring(address.lastIndexOf(':') + 1));
        }
    }

    /** What the load comes through. Thread-safe. */
    interface Client extends AutoCloseable {

        AsyncMap mapOfShard(int shard);

        @Override
        void close();
    }

    /** @throws IllegalStateException in a JVM without its jars */
    static OtherGrid of(Peer peer) {
        return ServiceLoader.load(OtherGrid.class).stream()
                .map(ServiceLoader.Provider::get)
                .filter(grid -> grid.peer() == peer)
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("the jars of " + peer.id() + " aren't on the class path"));
    }
}
