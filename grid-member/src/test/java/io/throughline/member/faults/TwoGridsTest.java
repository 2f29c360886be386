package io.throughline.member.faults;

import static org.assertj.core.api.Assertions.assertThat;

import com.hazelcast.map.IMap;
import io.throughline.member.ExitCode;
import io.throughline.member.MemberProcess;
import io.throughline.member.SharedGrid;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Without the watch of strangers the second grid would fence the first one's members, and they each other in turn. */
@ExtendWith(SharedGrid.Once.class)
class TwoGridsTest {

    private final SharedGrid grid;

    TwoGridsTest(SharedGrid grid) {
        this.grid = grid;
    }

    @Test
    void a_member_that_does_not_find_its_cluster_gives_way_to_the_grid_that_lives_on_its_shards(@TempDir Path home)
            throws Exception {
        int port = freePort();
        try (MemberProcess stranger = MemberProcess.builder(grid.configDirectory())
                .name("stranger")
                .home(home)
                .port(port)
                .members(List.of("127.0.0.1:" + port))
                .heap("256m")
                .start()) {
            assertThat(stranger.exitCode().get(60, TimeUnit.SECONDS)).isEqualTo(ExitCode.START_REFUSED.status());
            assertThat(Files.readString(stranger.log())).contains("another grid writes to");
        }
        IMap<String, String> kv = grid.client().getMap("kv");
        String key = grid.freshKey();
        kv.set(key, "unharmed");
        assertThat(kv.get(key)).isEqualTo("unharmed");
        assertThat(grid.members()).allMatch(MemberProcess::isAlive);
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
