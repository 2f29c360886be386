package io.throughline.bench.topology;

import io.throughline.bench.peers.Peer;
import io.throughline.cli.CommandFailed;
import io.throughline.cli.ExitCode;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * What a peer's JVM runs: this JVM's own class path, and before it, for peers that aren't Throughline's Hazelcast, the jars
 * of a folder that is named like the peer. Immutable.
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
        return switch (peer.grid()) {
            case NONE, THROUGHLINE, UPSERT_16, UPSERT_271, EMPTY, PLAIN -> own();
            case GENERIC -> after(jars(peer), entry -> !entry.matches(HAZELCAST));
            case OTHER -> after(jars(peer), entry -> true);
        };
    }

    /** Hazelcast's own peers are all loaded through the client that ships; see {@link #ofMember} for the others. */
    List<String> ofLoader(Peer peer) {
        return peer.grid() == Peer.Grid.OTHER ? ofMember(peer) : own();
    }

    private static List<String> after(List<String> jars, Predicate<String> kept) {
        return Stream.concat(
                        jars.stream(),
                        own().stream()
                                .filter(entry ->
                                        kept.test(Path.of(entry).getFileName().toString())))
                .toList();
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
