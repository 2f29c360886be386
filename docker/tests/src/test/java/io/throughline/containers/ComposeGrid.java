package io.throughline.containers;

import com.hazelcast.client.HazelcastClient;
import com.hazelcast.client.config.ClientConfig;
import com.hazelcast.client.config.YamlClientConfigBuilder;
import com.hazelcast.core.HazelcastInstance;
import com.hazelcast.map.IMap;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ExtensionContext.Store;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;
import org.testcontainers.containers.ComposeContainer;
import org.testcontainers.containers.wait.strategy.Wait;

/**
 * The members, shards and etcd servers of {@code docker-compose.yml}, started once for all tests, and a stock client that
 * reaches them as any application on this machine does: by the published ports first, then by the members' own addresses.
 */
final class ComposeGrid implements AutoCloseable {

    /** Gives a test class the grid, as a parameter of its constructor, or skips it where there is no engine. */
    static final class Once implements BeforeAllCallback, ParameterResolver {

        @Override
        public void beforeAll(ExtensionContext context) {
            store(context)
                    .getOrComputeIfAbsent(Engine.class, type -> Engine.find(), Engine.class)
                    .need();
        }

        @Override
        public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
            return parameter.getParameter().getType() == ComposeGrid.class;
        }

        @Override
        public ComposeGrid resolveParameter(ParameterContext parameter, ExtensionContext context) {
            return store(context).getOrComputeIfAbsent(ComposeGrid.class, type -> start(), ComposeGrid.class);
        }

        private static Store store(ExtensionContext context) {
            return context.getRoot().getStore(Namespace.create(ComposeGrid.class));
        }
    }

    private static final File ROOT = new File("../..");
    private static final int MEMBERS = 3;

    private final ComposeContainer compose;
    private final List<Shard> shards;
    private final List<Node> members;
    private final HazelcastInstance client;
    private final AtomicInteger prefixes = new AtomicInteger();

    private ComposeGrid(ComposeContainer compose) {
        this.compose = compose;
        this.members = IntStream.rangeClosed(1, MEMBERS)
                .mapToObj(number -> node("member-" + number))
                .toList();
        this.shards = List.of(shard("shard-1"), shard("shard-2"));
        this.client = connect();
    }

    private static ComposeGrid start() {
        ComposeContainer compose = new ComposeContainer("throughline-tests-", new File(ROOT, "docker-compose.yml"))
                .withServices("member")
                .withPull(false)
                .withBuild(true)
                // To target/tests.log.
                .withTailChildContainers(true)
                .withEnv("JARS", "copied")
                // Whichever are free: a grid may be running on this machine.
                .withEnv("CLIENT_PORTS", "0")
                .withEnv("HEALTH_PORTS", "0");
        IntStream.rangeClosed(1, MEMBERS)
                .forEach(number -> compose.waitingFor(
                        "member-" + number, Wait.forHealthcheck().withStartupTimeout(Duration.ofMinutes(2))));
        try {
            compose.start();
            return new ComposeGrid(compose);
        } catch (RuntimeException failed) {
            compose.stop();
            throw failed;
        }
    }

    private Shard shard(String name) {
        return new Shard(
                name,
                List.of("a", "b", "c").stream()
                        .map(letter -> node(name + "-" + letter))
                        .toList());
    }

    private Node node(String service) {
        return new Node(service, compose.getContainerByServiceName(service).orElseThrow());
    }

    private HazelcastInstance connect() {
        try {
            ClientConfig config = new YamlClientConfigBuilder(new File(ROOT, "config/hazelcast-client.yaml")).build();
            List<String> addresses = new ArrayList<>();
            members.forEach(member -> addresses.add("127.0.0.1:" + member.publishedPort(5701)));
            config.getNetworkConfig().setAddresses(addresses);
            return HazelcastClient.newHazelcastClient(config);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    IMap<String, String> kv() {
        return client.getMap("kv");
    }

    int membersSeen() {
        return client.getCluster().getMembers().size();
    }

    List<Node> members() {
        return members;
    }

    List<Shard> shards() {
        return shards;
    }

    /** What no other key begins with. */
    String freshPrefix() {
        return "k" + prefixes.incrementAndGet() + "-";
    }

    @Override
    public void close() {
        try {
            client.shutdown();
        } catch (RejectedExecutionException ofAHeartbeatUnderWay) {
            // Hazelcast 5.7.0 ends the executor of callbacks before it ends what is still to call back.
        } finally {
            compose.stop();
        }
    }
}
