package io.throughline.bench.peers;

import io.throughline.mapstore.config.GridConfigReader;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/** A member of a grid that isn't Hazelcast, in a JVM of its own. It speaks and ends as {@link PeerMember} does. */
public final class OtherMember {

    private OtherMember() {}

    /** What {@link #main} is told. */
    public static List<String> arguments(Peer peer, Path throughlineYaml, OtherGrid.Member member) {
        return List.of(
                peer.id(),
                throughlineYaml.toString(),
                Integer.toString(member.number()),
                String.join(",", member.addresses()),
                String.join(",", member.innerAddresses()),
                Integer.toString(member.connections()),
                member.folder().toString());
    }

    public static void main(String[] arguments) throws Exception {
        MainThread.endsItsJvm();
        PrintStream answers = System.out;
        // Some greet on it; nothing but the one line goes there.
        System.setOut(System.err);
        OtherGrid.Member member = new OtherGrid.Member(
                new GridConfigReader().read(Path.of(arguments[1])),
                Integer.parseInt(arguments[2]),
                addresses(arguments[3]),
                addresses(arguments[4]),
                Integer.parseInt(arguments[5]),
                Path.of(arguments[6]));
        OtherGrid.of(Peer.named(arguments[0]).orElseThrow()).start(member);
        answers.println("joined");
        while (System.in.read() >= 0) {
            // Nothing is said to it.
        }
        // All end at once: leaving in order would hand entries over to who leaves next.
        Runtime.getRuntime().halt(0);
    }

    private static List<String> addresses(String list) {
        return Arrays.asList(list.split(","));
    }
}
