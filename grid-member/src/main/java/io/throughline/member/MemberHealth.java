package io.throughline.member;

import com.hazelcast.core.HazelcastInstance;
import com.hazelcast.partition.PartitionService;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.throughline.mapstore.ShardHealth;
import io.throughline.mapstore.Throughline;
import io.throughline.member.health.Check;
import io.throughline.member.health.Checks;
import io.throughline.member.health.HealthServer;
import io.throughline.member.health.Page;
import io.throughline.member.health.Probe;
import io.throughline.member.health.Readiness;
import java.io.IOException;
import java.net.BindException;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;

/** Serves what a member knows about itself, from before it joins until after it left. Thread-safe. */
final class MemberHealth implements AutoCloseable {

    private static final String PROMETHEUS_TEXT = "text/plain; version=0.0.4";

    private final String name;
    private final PrometheusMeterRegistry meters;
    private final HealthServer server;
    private final List<Checks> checks = new CopyOnWriteArrayList<>();
    private final List<Probe<?>> probes = new CopyOnWriteArrayList<>();
    private volatile Phase phase = Phase.STARTING;
    private volatile String member = "";

    private MemberHealth(MemberSettings settings, PrometheusMeterRegistry meters) throws IOException {
        this.name = settings.name();
        this.meters = meters;
        this.checks.add(() -> List.of(joined()));
        this.server = HealthServer.start(
                new InetSocketAddress(settings.healthAddress(), settings.healthPort()),
                Map.of("/health/live", this::live, "/health/ready", this::ready, "/metrics", this::metrics));
    }

    /** @throws MemberStartException if the health port is taken */
    static MemberHealth open(MemberSettings settings, PrometheusMeterRegistry meters) {
        String where = settings.healthAddress() + ":" + settings.healthPort();
        try {
            return new MemberHealth(settings, meters);
        } catch (BindException e) {
            throw new MemberStartException(
                    ExitCode.PORT_IN_USE,
                    "health can't be served on " + where + ": " + e.getMessage()
                            + "; choose another --health-port (0 takes a free one) or --health-address",
                    e);
        } catch (IOException e) {
            throw new MemberStartException(
                    ExitCode.CONFIG, "health can't be served on " + where + ": " + e.getMessage(), e);
        }
    }

    /** Readiness depends on the grid from now on, too; whoever calls this {@linkplain #enter enters} the phase afterwards. */
    Probe<List<ShardHealth>> watch(HazelcastInstance hazelcast, Throughline grid, String address) {
        PartitionService partitions = hazelcast.getPartitionService();
        Probe<Boolean> safe = new Probe<>(
                "partitions",
                partitions::isLocalMemberSafe,
                isSafe -> List.of(Check.of(
                                "partitions",
                                isSafe ? "" : "backups are missing or not yet in sync, or partitions are moving")
                        .with(Map.of(
                                "members", hazelcast.getCluster().getMembers().size()))),
                System::nanoTime);
        Probe<List<ShardHealth>> shards =
                new Probe<>("shards", grid::health, MemberHealth::shardChecks, System::nanoTime);
        Probe<Boolean> majority = new Probe<>(
                "majority",
                grid::hearsMajority,
                heard -> List.of(
                        Check.of(
                                "majority",
                                heard
                                        ? ""
                                        : "a majority of members (throughline.yaml) isn't heard, so this one refuses to serve")),
                System::nanoTime);
        Stream.of(majority, safe, shards).forEach(probe -> {
            checks.add(probe);
            probes.add(probe.start());
        });
        member = address;
        return shards;
    }

    private static List<Check> shardChecks(List<ShardHealth> shards) {
        return shards.stream()
                .map(shard -> new Check(
                        shard.shard(),
                        shard.writable(),
                        shard.writable() ? "" : shard.reason(),
                        0,
                        Map.of(
                                "primary", shard.primary(),
                                "synchronousStandbys", shard.synchronousStandbys(),
                                "streamingStandbys", shard.streamingStandbys(),
                                "remark", shard.reason())))
                .toList();
    }

    /** A member that has ended stays so, also where it was fenced while it started. */
    synchronized void enter(Phase next) {
        phase = phase == Phase.ENDED ? phase : next;
    }

    Phase phase() {
        return phase;
    }

    String url() {
        InetSocketAddress address = server.address();
        String host = address.getAddress().isAnyLocalAddress()
                ? "127.0.0.1"
                : address.getAddress().getHostAddress();
        return "http://" + (host.contains(":") ? "[" + host + "]" : host) + ":" + address.getPort();
    }

    private Check joined() {
        return Check.of("joined", phase.notJoined());
    }

    private Page live() {
        boolean alive = phase != Phase.ENDED;
        return Page.json(
                alive ? 200 : 503,
                Map.of("live", alive, "name", name, "phase", phase.name().toLowerCase(Locale.ROOT)));
    }

    private Page ready() {
        Readiness readiness = Readiness.of(name, member, checks);
        return Page.json(readiness.ready() ? 200 : 503, readiness);
    }

    private Page metrics() {
        return new Page(200, PROMETHEUS_TEXT, meters.scrape());
    }

    @Override
    public void close() {
        probes.forEach(Probe::close);
        server.close();
    }
}
