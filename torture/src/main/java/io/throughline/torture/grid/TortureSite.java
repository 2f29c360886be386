package io.throughline.torture.grid;

import io.throughline.cli.MemberSite;
import io.throughline.cli.folder.GridDirectory;
import io.throughline.member.HazelcastYaml;
import io.throughline.member.MemberNetwork;
import io.throughline.member.MemberProcessBuilder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Puts a network that can be cut between the members, and gives them clocks that can be set, where that is wanted. */
final class TortureSite implements MemberSite, AutoCloseable {

    private static final String ADDRESS = "throughline.torture.address";
    private static final String CALLING_PORTS = "throughline.torture.calling-ports";

    private final GridDirectory directory;
    private final TortureNeeds needs;
    private final @Nullable FakeClocks clocks;
    private final int embeddedPort = freePort();
    private @Nullable MemberNetwork network;

    TortureSite(GridDirectory directory, TortureNeeds needs) {
        this.directory = directory;
        this.needs = needs;
        this.clocks = needs.clocks()
                ? FakeClocks.installed()
                        .map(library -> new FakeClocks(library, directory.config()))
                        .orElseThrow()
                : null;
    }

    @Override
    public List<String> addresses(List<Integer> ports) {
        if (!needs.network()) {
            return MemberSite.super.addresses(ports);
        }
        // The member within an application is the last.
        MemberNetwork cuttable = MemberNetwork.before(
                Stream.concat(ports.stream(), Stream.of(embeddedPort)).toList());
        network = cuttable;
        List<String> addresses = cuttable.addresses().subList(0, ports.size());
        writeHazelcastYaml(addresses);
        return addresses;
    }

    private void writeHazelcastYaml(List<String> addresses) {
        String settings = MemberNetwork.settings("${" + ADDRESS + "}", "${" + CALLING_PORTS + "}");
        String yaml = HazelcastYaml.forMembers(addresses, directory.throughlineYaml())
                .replace("\n  network:\n", "\n  network:\n" + settings);
        try {
            Files.createDirectories(directory.config());
            Files.writeString(directory.hazelcastYaml(), yaml);
        } catch (IOException e) {
            throw new UncheckedIOException("can't write " + directory.hazelcastYaml(), e);
        }
    }

    @Override
    public void furnish(int number, MemberProcessBuilder member) {
        jvmOptions(number).forEach(member::jvmOption);
        clocks().ifPresent(fake -> fake.furnish(number, member));
    }

    /** @param number the embedded one's is one past the others' */
    List<String> jvmOptions(int number) {
        return network()
                .map(cuttable -> List.of(
                        "-D" + ADDRESS + "=" + cuttable.addresses().get(number - 1),
                        "-D" + CALLING_PORTS + "=" + cuttable.callingPorts(number)))
                .orElse(List.of());
    }

    int embeddedPort() {
        return embeddedPort;
    }

    Optional<MemberNetwork> network() {
        return Optional.ofNullable(network);
    }

    Optional<FakeClocks> clocks() {
        return Optional.ofNullable(clocks);
    }

    private static int freePort() {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException("there is no free port", e);
        }
    }

    @Override
    public void close() {
        network().ifPresent(MemberNetwork::close);
    }
}
