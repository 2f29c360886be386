package io.throughline.member;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.hazelcast.config.NetworkConfig;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ListenAddressTest {

    @Test
    void an_address_of_another_machine_is_refused_where_hazelcast_would_take_any() {
        assertThatThrownBy(() -> ListenAddress.check(settings(null), network("192.0.2.1")))
                .isInstanceOf(MemberStartException.class)
                .hasMessageContaining("192.0.2.1")
                .hasMessageContaining("network.interfaces in dir/hazelcast.yaml");
    }

    @Test
    void a_port_in_use_is_named_with_the_key_in_the_file() throws IOException {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            NetworkConfig network =
                    network("127.0.0.1").setPort(taken.getLocalPort()).setPortAutoIncrement(false);

            assertThatThrownBy(() -> ListenAddress.check(settings(null), network))
                    .hasMessageContaining("127.0.0.1:" + taken.getLocalPort())
                    .hasMessageContaining("network.port.port in dir/hazelcast.yaml");
        }
    }

    @Test
    void a_port_in_use_is_named_with_the_option() throws IOException {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            NetworkConfig network =
                    network("127.0.0.1").setPort(taken.getLocalPort()).setPortAutoIncrement(false);

            assertThatThrownBy(() -> ListenAddress.check(settings(taken.getLocalPort()), network))
                    .hasMessageContaining("another --port");
        }
    }

    @Test
    void a_pattern_is_left_to_hazelcast() {
        assertThatCode(() -> ListenAddress.check(settings(null), network("10.1.2.*")))
                .doesNotThrowAnyException();
    }

    private static NetworkConfig network(String address) {
        NetworkConfig network = new NetworkConfig();
        network.getInterfaces().setEnabled(true).setInterfaces(List.of(address));
        return network;
    }

    private static MemberSettings settings(@Nullable Integer port) {
        return new MemberSettings(Path.of("dir"), "member", null, port, List.of(), "127.0.0.1", 0, null);
    }
}
