package io.throughline.bench.topology;

import io.throughline.bench.peers.OtherGrid;
import io.throughline.bench.peers.OtherMember;
import io.throughline.bench.peers.Peer;
import io.throughline.bench.peers.PeerMember;
import io.throughline.mapstore.config.GridConfig;
import io.throughline.mapstore.config.GridConfigReader;
import io.throughline.member.JvmFlags;
import io.throughline.member.MemberProcess;
import io.throughline.member.MemberProcessBuilder;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** A peer's members, each in a JVM of its own. For one thread. */
public final class Members implements AutoCloseable {

    private static final Duration READY_WITHIN = Duration.ofMinutes(2);

    /** How a JVM of either kind is told apart from others, and ended. */
    private record Running(long pid, String health, AutoCloseable end) {}

    private final List<Running> running = new ArrayList<>();

    private Members() {}

    /** Returns when all have joined; none are started for a peer without a grid. */
    public static Members start(Peer peer, Place place) {
        Members members = new Members();
        try {
            switch (peer.grid()) {
                case NONE -> {}
                case THROUGHLINE -> members.startThroughline(place);
                case UPSERT_16, UPSERT_271, EMPTY, PLAIN, GENERIC -> members.startPeer(peer, place);
                case OTHER -> members.startOther(peer, place);
            }
            return members;
        } catch (RuntimeException e) {
            members.close();
            throw e;
        }
    }

    /**
     * Where and with what members are started.
     *
     * @param heap of each, as in -Xmx
     * @param connections of each member to each shard, for the peers; Throughline has its own default
     */
    public record Place(
            Path folder,
            SharedShards shards,
            List<String> addresses,
            String heap,
            int connections,
            ClassPaths classPaths) {

        /** All members share this machine, of whatever peer they are. */
        List<String> flags() {
            return JvmFlags.sharingCores(addresses.size());
        }

        int port(int member) {
            String address = addresses.get(member);
            return Integer.parseInt(address.substring(address.lastIndexOf(':') + 1));
        }
    }

    /** As {@code ./grid up} does: the first alone, the others once it has joined. */
    private void startThroughline(Place place) {
        List<MemberProcess> processes = new ArrayList<>();
        for (int member = 0; member < place.addresses().size(); member++) {
            String name = "member-" + (member + 1);
            MemberProcessBuilder builder = MemberProcess.builder(place.shards().config())
                    .name(name)
                    .home(place.folder().resolve(name))
                    .port(place.port(member))
                    .members(place.addresses())
                    .heap(place.heap());
            place.flags().forEach(builder::jvmOption);
            MemberProcess process = builder.start();
            processes.add(process);
            running.add(new Running(process.pid(), "", process));
            if (member == 0) {
                process.awaitJoined(READY_WITHIN);
            }
        }
        processes.forEach(process -> process.awaitReady(READY_WITHIN));
        for (int member = 0; member < processes.size(); member++) {
            running.set(
                    member,
                    new Running(
                            processes.get(member).pid(),
                            processes.get(member).healthUrl().toString(),
                            processes.get(member)));
        }
    }

    private void startPeer(Peer peer, Place place) {
        for (int member = 0; member < place.addresses().size(); member++) {
            Path log = place.folder().resolve(peer.id() + "-" + (member + 1) + ".log");
            ChildJvm process = ChildJvm.start(
                    place.flags(),
                    place.classPaths().ofMember(peer),
                    place.heap(),
                    PeerMember.class.getName(),
                    List.of(
                            peer.id(),
                            place.shards().hazelcastYaml().toString(),
                            place.shards().throughlineYaml().toString(),
                            Integer.toString(place.port(member)),
                            Integer.toString(place.connections())),
                    log);
            running.add(new Running(process.pid(), "", process));
            process.awaitLine("its start", READY_WITHIN);
        }
    }

    private void startOther(Peer peer, Place place) {
        List<String> inner = FreeAddresses.take(place.addresses().size());
        GridConfig grid = new GridConfigReader().read(place.shards().throughlineYaml());
        for (int member = 0; member < place.addresses().size(); member++) {
            String name = peer.id() + "-" + (member + 1);
            ChildJvm process = ChildJvm.start(
                    Stream.concat(place.flags().stream(), PeerFlags.of(peer).stream())
                            .toList(),
                    place.classPaths().ofMember(peer),
                    place.heap(),
                    OtherMember.class.getName(),
                    OtherMember.arguments(
                            peer,
                            place.shards().throughlineYaml(),
                            new OtherGrid.Member(
                                    grid,
                                    member,
                                    place.addresses(),
                                    inner,
                                    place.connections(),
                                    place.folder().resolve(name))),
                    place.folder().resolve(name + ".log"));
            running.add(new Running(process.pid(), "", process));
            process.awaitLine("its start", READY_WITHIN);
        }
    }

    public List<Long> pids() {
        return running.stream().map(Running::pid).toList();
    }

    /** Base URLs of health and metrics, where members have them. */
    public List<String> healthUrls() {
        return running.stream()
                .map(Running::health)
                .filter(url -> !url.isEmpty())
                .toList();
    }

    @Override
    public void close() {
        endAll(running.stream().map(Running::end).toList());
        running.clear();
    }

    /** All the others too where one can't be ended. */
    static void endAll(List<AutoCloseable> members) {
        IllegalStateException failure = new IllegalStateException("a member can't be ended");
        for (AutoCloseable member : members) {
            try {
                member.close();
            } catch (Exception e) {
                failure.addSuppressed(e);
            }
        }
        if (failure.getSuppressed().length > 0) {
            throw failure;
        }
    }
}
