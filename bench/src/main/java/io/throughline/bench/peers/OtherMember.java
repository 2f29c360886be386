package io.throughline.bench.peers;

import io.throughline.mapstore.config.GridConfigReader;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/** A member of a grid that isn't Hazelcast, in a JVM of its own. It speaks and ends as {@link PeerMember} does. */
public final class OtherMember {

    private static final int MEMBERS = 4;

    private OtherMember() {}

    /** What {@link #main} is told; the folder need not be there. */
    public static List<String> arguments(Peer peer, Path throughlineYaml, OtherGrid.Member member) {
        return List.of(
                peer.id(),
                throughlineYaml.toString(),
                Integer.toString(member.connections()),
                member.folder().toString(),
                Integer.toString(member.number()),
                String.join(",", member.addresses()),
                String.join(",", member.innerAddresses()));
    }

    public static void main(String[] arguments) throws Exception {
        PrintStream answers = System.out;
        // Some greet on it; nothing but the one line goes there.
        System.setOut(System.err);
        OtherGrid.Member member = new OtherGrid.Member(
                new GridConfigReader().read(Path.of(arguments[1])),
                Integer.parseInt(arguments[MEMBERS]),
                addresses(arguments[MEMBERS + 1]),
                addresses(arguments[MEMBERS + 2]),
                Integer.parseInt(arguments[2]),
                Path.of(arguments[3]));
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
