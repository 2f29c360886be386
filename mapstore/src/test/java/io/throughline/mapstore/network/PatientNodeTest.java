package io.throughline.mapstore.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.hazelcast.client.HazelcastClient;
import com.hazelcast.client.config.ClientConfig;
import com.hazelcast.cluster.Address;
import com.hazelcast.config.Config;
import com.hazelcast.core.HazelcastInstance;
import com.hazelcast.instance.EndpointQualifier;
import com.hazelcast.instance.impl.HazelcastInstanceProxy;
import com.hazelcast.spi.properties.ClusterProperty;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class PatientNodeTest {

    /** The system accepts for a process that is paused. With Hazelcast's own handlers the client waits in vain. */
    @Test
    void a_member_that_connects_to_a_silent_process_goes_on_writing_to_others() throws Exception {
        try (ServerSocket silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
            HazelcastInstance member = PatientNode.start(withOneWritingThread());
            HazelcastInstance client = HazelcastClient.newHazelcastClient(clientOf(member));
            client.getMap("any").put("key", "value");
            connect(member, new Address("127.0.0.1", silent.getLocalPort()));
            try (Socket accepted = silent.accept()) {
                assertThat(accepted.getInputStream().readNBytes(3)).asString().isEqualTo("HZC");

                // The handshake that Hazelcast then holds back follows within moments.
                await().during(Duration.ofSeconds(2)).untilAsserted(() -> {
                    var answer = client.getMap("any").getAsync("key").toCompletableFuture();
                    assertThat(answer).succeedsWithin(Duration.ofSeconds(10)).isEqualTo("value");
                });
            } finally {
                client.shutdown();
                member.shutdown();
            }
        }
    }

    private static Config withOneWritingThread() {
        Config config = new Config();
        config.getNetworkConfig().getJoin().getAutoDetectionConfig().setEnabled(false);
        config.getNetworkConfig().getInterfaces().setEnabled(true).addInterface("127.0.0.1");
        return config.setProperty(ClusterProperty.SOCKET_BIND_ANY.getName(), "false")
                .setProperty(ClusterProperty.IO_OUTPUT_THREAD_COUNT.getName(), "1")
                // Else a thread that has something to say may write it itself, for as long as the socket takes all of
                // it.
                .setProperty(ClusterProperty.IO_WRITE_THROUGH_ENABLED.getName(), "false");
    }

    private static ClientConfig clientOf(HazelcastInstance member) {
        ClientConfig config = new ClientConfig();
        Address address = member.getCluster().getLocalMember().getAddress();
        config.getNetworkConfig().addAddress(address.getHost() + ":" + address.getPort());
        return config;
    }

    private static void connect(HazelcastInstance member, Address other) {
        ((HazelcastInstanceProxy) member)
                .getOriginal()
                .node
                .getServer()
                .getConnectionManager(EndpointQualifier.MEMBER)
                .getOrConnect(other);
    }
}
