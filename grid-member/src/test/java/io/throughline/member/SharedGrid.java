package io.throughline.member;

import static org.awaitility.Awaitility.await;

import com.hazelcast.client.HazelcastClient;
import com.hazelcast.client.config.ClientConfig;
import com.hazelcast.client.config.RoutingMode;
import com.hazelcast.client.config.YamlClientConfigBuilder;
import com.hazelcast.core.HazelcastInstance;
import io.throughline.localpostgres.LocalShards;
import io.throughline.localpostgres.LocalShardsConfig;
import io.throughline.localpostgres.Node;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * A whole grid, started once for all tests of this module: two shards of three nodes, three members in JVMs of their own.
 *
 * <pre>{@code
 * @ExtendWith(SharedGrid.Once.class)
 * class SomethingTest {
 *     @Test
 *     void a_put_is_a_row(SharedGrid grid) {
 *         String key = grid.freshKey();
 *         grid.client().getMap("kv").set(key, "v");
 *         assertThat(grid.sqlOf(key).one("SELECT value FROM kv.entries WHERE key = ?", key)).isEqualTo("v");
 *     }
 * }
 * }</pre>
 *
 * <p>Maps are shared, so tests take fresh keys. A test may kill or pause members and PostgreSQL nodes: before each test
 * class everything is brought back.
 */
public final class SharedGrid implements AutoCloseable {

    /** Gives a test class the grid, as a parameter of its constructor, its tests or its lifecycle methods. */
    public static final class Once implements ParameterResolver, BeforeAllCallback {

        private static final Namespace NAMESPACE = Namespace.create(SharedGrid.class);

        @Override
        public void beforeAll(ExtensionContext context) {
            of(context).restore();
        }

        @Override
        public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
            return parameter.getParameter().getType() == SharedGrid.class;
        }

        @Override
        public SharedGrid resolveParameter(ParameterContext parameter, ExtensionContext context) {
            return of(context);
        }

        private static SharedGrid of(ExtensionContext context) {
            return context.getRoot()
                    .getStore(NAMESPACE)
                    .getOrComputeIfAbsent(SharedGrid.class, type -> SharedGrid.start(), SharedGrid.class);
        }
    }

    private static final int MEMBERS = 3;
    private static final Duration READY_WITHIN = Duration.ofMinutes(2);
    private static final Duration SETTLED_FOR = Duration.ofSeconds(3);

    private final GridFolder folder;
    private final LocalShards shards;
    private final List<MemberProcess> members;
    private final HazelcastInstance client;
    private final AtomicInteger keys = new AtomicInteger();
    private final Map<Integer, String> shardByPartition = new ConcurrentHashMap<>();

    private SharedGrid(GridFolder folder, LocalShards shards, List<MemberProcess> members, HazelcastInstance client) {
        this.folder = folder;
        this.shards = shards;
        this.members = new ArrayList<>(members);
        this.client = client;
    }

    private static SharedGrid start() {
        GridFolder folder = GridFolder.create(MEMBERS);
        List<AutoCloseable> started = new ArrayList<>(List.of(folder::close));
        try {
            LocalShards shards =
                    LocalShards.start(LocalShardsConfig.in(folder.path().resolve("postgres")));
            started.add(0, shards);
            folder.writeConfig(shards);
            List<MemberProcess> members = new ArrayList<>();
            for (int number = 1; number <= MEMBERS; number++) {
                members.add(folder.member(number).start());
                started.add(0, members.get(number - 1));
                if (number == 1) {
                    members.get(0).awaitJoined(READY_WITHIN);
                    folder.endMigrations(folder.configDirectory());
                }
            }
            members.forEach(member -> member.awaitReady(READY_WITHIN));
            return new SharedGrid(folder, shards, members, HazelcastClient.newHazelcastClient(clientConfig(folder)));
        } catch (RuntimeException e) {
            undo(started, e);
            throw e;
        }
    }

    private static void undo(List<AutoCloseable> started, RuntimeException why) {
        for (AutoCloseable part : started) {
            try {
                part.close();
            } catch (Exception e) {
                why.addSuppressed(e);
            }
        }
    }

    /** A stock client, shared. */
    public HazelcastInstance client() {
        return client;
    }

    /** Another client, to be shut down by whoever asked. */
    public HazelcastInstance newClient() {
        return HazelcastClient.newHazelcastClient(clientConfig());
    }

    /** What config/hazelcast-client.yaml says, for these members. */
    public ClientConfig clientConfig() {
        return clientConfig(folder);
    }

    /** For a client that knows this member and no other, and sends everything through it. */
    public ClientConfig clientConfigOf(MemberProcess member) {
        ClientConfig config = clientConfig();
        config.getNetworkConfig().setAddresses(List.of(member.address()));
        config.getNetworkConfig().getClusterRoutingConfig().setRoutingMode(RoutingMode.SINGLE_MEMBER);
        return config;
    }

    private static ClientConfig clientConfig(GridFolder folder) {
        byte[] yaml = HazelcastYaml.forClientsOf(folder.memberAddresses()).getBytes(StandardCharsets.UTF_8);
        return new YamlClientConfigBuilder(new ByteArrayInputStream(yaml)).build();
    }

    /** @param number 1 to 3 */
    public MemberProcess member(int number) {
        return members.get(number - 1);
    }

    public List<MemberProcess> members() {
        return List.copyOf(members);
    }

    /** The member that owns this key's partition. */
    public MemberProcess ownerOf(String key) {
        var owner = client.getPartitionService().getPartition(key).getOwner().getAddress();
        return members.stream()
                .filter(MemberProcess::isAlive)
                .filter(member -> member.address().equals(owner.getHost() + ":" + owner.getPort()))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("no living member at " + owner));
    }

    /** Starts a member that has ended, at its old address, and returns when it is ready. */
    public MemberProcess restart(int number) {
        if (member(number).isAlive()) {
            throw new IllegalStateException(member(number) + " still runs");
        }
        members.set(number - 1, launch(number));
        return member(number).awaitReady(READY_WITHIN);
    }

    private MemberProcess launch(int number) {
        return folder.member(number).start();
    }

    /** Holds hazelcast.yaml and throughline.yaml. */
    public Path configDirectory() {
        return folder.configDirectory();
    }

    public LocalShards shards() {
        return shards;
    }

    /** SQL as superuser on the primary of this shard. */
    public Sql sql(String shard) {
        return new Sql(() -> shards.connect(shards.shard(shard).primary()));
    }

    /** SQL as superuser on one node. */
    public Sql sql(Node node) {
        return new Sql(() -> shards.connect(node));
    }

    /** SQL as superuser on the primary of this key's shard. */
    public Sql sqlOf(String key) {
        return sql(shardOf(key));
    }

    /** As every member computes it: the shard of the key's partition. */
    public String shardOf(String key) {
        int partition = client.getPartitionService().getPartition(key).getPartitionId();
        return shardByPartition.computeIfAbsent(
                partition,
                unknown -> sql("shard-1")
                        .one("SELECT shard FROM throughline.shard_map WHERE ?::smallint = ANY (partitions)", partition)
                        .toString());
    }

    /** A key that no other test uses. */
    public String freshKey() {
        return "key-" + keys.incrementAndGet();
    }

    /** Fresh keys whose rows belong on this shard. */
    public List<String> freshKeysOn(String shard, int count) {
        var partitions = client.getPartitionService();
        List<Integer> owned = sql("shard-1")
                .column("SELECT unnest(partitions)::int FROM throughline.shard_map WHERE shard = ?", shard);
        return Stream.generate(this::freshKey)
                .filter(key -> owned.contains(partitions.getPartition(key).getPartitionId()))
                .limit(count)
                .toList();
    }

    /** What a member's /metrics says now. */
    public Scrape metrics(int number) {
        return Scrape.of(member(number).healthUrl());
    }

    /** The sum of a metric over all members, with these labels. */
    public double everywhere(String metric, String... labels) {
        return IntStream.rangeClosed(1, members.size())
                .mapToDouble(number -> metrics(number).sum(metric, labels))
                .sum();
    }

    /** Resumes and restarts whatever a test paused or ended, and returns when all are ready. */
    public void restore() {
        shards.shards().stream()
                .flatMap(shard -> shard.nodes().stream())
                .filter(node -> node.condition() == Node.Condition.PAUSED)
                .forEach(shards::resume);
        boolean anyWakes = members.stream().anyMatch(MemberProcess::isPaused);
        members.forEach(MemberProcess::resume);
        startWhatEnded();
        if (anyWakes) {
            awaitSettled();
        }
        members.forEach(member -> member.awaitReady(READY_WITHIN));
    }

    private void startWhatEnded() {
        boolean anyJoined = members.stream().anyMatch(MemberProcess::isAlive);
        for (int number = 1; number <= MEMBERS; number++) {
            if (!member(number).isAlive()) {
                members.set(number - 1, launch(number));
                if (!anyJoined) {
                    member(number).awaitJoined(READY_WITHIN);
                    anyJoined = true; // the others find it, and may come together
                }
            }
        }
    }

    /**
     * A woken member says for a second what it knew before: only then does Hazelcast look at the heartbeats that it
     * missed, and the member refuses for a moment what it is sent, or ends.
     */
    private void awaitSettled() {
        await().during(SETTLED_FOR)
                .atMost(READY_WITHIN)
                .ignoreExceptionsInstanceOf(MemberNotReadyException.class)
                .until(() -> {
                    startWhatEnded();
                    members.forEach(member -> member.awaitReady(Duration.ZERO));
                    return true;
                });
    }

    @Override
    public void close() {
        client.shutdown();
        members.forEach(MemberProcess::kill); // no one is left who would mind
        shards.close();
        folder.close();
    }
}
