package io.throughline.bench.topology;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.throughline.bench.peers.Peer;
import io.throughline.cli.CommandFailed;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ClassPathsTest {

    @TempDir
    Path folder = Path.of("");

    private String jarOf(Peer peer) throws IOException {
        return Files.createFile(Files.createDirectory(folder.resolve(peer.id())).resolve("its-own.jar"))
                .toString();
    }

    private static boolean holdsHazelcast(List<String> path) {
        return path.stream().anyMatch(entry -> entry.matches(".*/hazelcast-\\d[^/]*\\.jar"));
    }

    @Test
    void another_hazelcast_stands_in_the_place_of_ours() throws IOException {
        String jar = jarOf(Peer.GENERIC);

        List<String> member = new ClassPaths(folder).ofMember(Peer.GENERIC);

        assertThat(member).startsWith(jar);
        assertThat(holdsHazelcast(member)).isFalse();
        assertThat(new ClassPaths(folder).ofLoader(Peer.GENERIC)).isEqualTo(ClassPaths.own());
    }

    @Test
    void another_grid_stands_before_all_that_is_ours() throws IOException {
        String jar = jarOf(Peer.IGNITE);

        List<String> member = new ClassPaths(folder).ofMember(Peer.IGNITE);

        assertThat(member).startsWith(jar).endsWith(ClassPaths.own().toArray(String[]::new));
        assertThat(holdsHazelcast(member)).isTrue();
        assertThat(new ClassPaths(folder).ofLoader(Peer.IGNITE)).isEqualTo(member);
    }

    @Test
    void a_peer_whose_jars_are_missing_is_named() {
        assertThatExceptionOfType(CommandFailed.class)
                .isThrownBy(() -> new ClassPaths(folder).ofMember(Peer.INFINISPAN))
                .satisfies(failed -> assertThat(failed.text()).contains("The jars of infinispan"));
    }
}
