package io.throughline.bench.topology;

import io.throughline.bench.peers.Peer;
import io.throughline.cli.CommandFailed;
import io.throughline.cli.ExitCode;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * What a peer's JVM runs: this JVM's own class path, or, before it and instead of its Hazelcast, the jars of a folder that
 * is named like the peer. Immutable.
 *
 * @param folder of such folders
 */
public record ClassPaths(Path folder) {

    private static final String HAZELCAST = "hazelcast-\\d.*\\.jar";

    static List<String> own() {
        return List.of(System.getProperty("java.class.path").split(File.pathSeparator));
    }

    /** @throws CommandFailed if the peer's own jars aren't there */
    List<String> ofMember(Peer peer) {
        if (peer.grid() != Peer.Grid.GENERIC) {
            return own();
        }
        List<String> path = new ArrayList<>(jars(peer));
        own().stream()
                .filter(entry -> !Path.of(entry).getFileName().toString().matches(HAZELCAST))
                .forEach(path::add);
        return path;
    }

    private List<String> jars(Peer peer) {
        Path jars = folder.resolve(peer.id());
        if (!Files.isDirectory(jars)) {
            throw new CommandFailed(
                    ExitCode.FAILED,
                    "The jars of " + peer.id() + " are not in " + jars
                            + ". ./grid bench fetches them with Maven when it"
                            + " builds; leave this peer out with --peers, or run it once with the network.");
        }
        try (Stream<Path> files = Files.list(jars)) {
            return files.map(Path::toString)
                    .filter(file -> file.endsWith(".jar"))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(jars + " can't be read", e);
        }
    }
}
