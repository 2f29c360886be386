package io.throughline.cli.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PortClaimsTest {

    private static final int FIRST = 28_701;

    @TempDir
    private Path folder = Path.of("");

    @Test
    void a_port_that_another_grid_claims_is_passed_over_although_nobody_listens_on_it() {
        try (PortClaims one = PortClaims.in(folder);
                PortClaims other = PortClaims.in(folder)) {
            List<Integer> first = one.take(3, List.of(), FIRST);
            assertThat(first).hasSize(3).doesNotHaveDuplicates();
            assertThat(other.take(3, List.of(), FIRST)).hasSize(3).doesNotContainAnyElementsOf(first);
        }
    }

    @Test
    void a_port_in_use_is_passed_over() throws IOException {
        try (PortClaims claims = PortClaims.in(folder);
                ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            assertThat(claims.take(1, List.of(taken.getLocalPort()), FIRST)).doesNotContain(taken.getLocalPort());
        }
    }

    @Test
    void those_of_the_last_time_are_taken_again_once_they_are_let_go() {
        List<Integer> ports;
        try (PortClaims claims = PortClaims.in(folder)) {
            ports = claims.take(2, List.of(), FIRST + 50);
        }
        try (PortClaims claims = PortClaims.in(folder)) {
            assertThat(claims.take(3, ports, FIRST))
                    .startsWith(ports.get(0), ports.get(1))
                    .hasSize(3);
        }
    }
}
