package io.throughline.member;

import com.hazelcast.config.Config;
import com.hazelcast.core.HazelcastInstance;
import com.hazelcast.core.LifecycleEvent.LifecycleState;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.throughline.mapstore.ShardHealth;
import io.throughline.mapstore.Throughline;
import io.throughline.mapstore.config.GridMapConfig;
import io.throughline.member.health.Probe;
import io.throughline.member.metrics.ClusterMeters;
import io.throughline.member.metrics.JvmMeters;
import io.throughline.member.metrics.MapMeters;
import io.throughline.member.metrics.ShardMeters;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A member of the grid with its health and metrics, from its start until it has left. Thread-safe. */
final class GridMember {

    private static final Logger log = LoggerFactory.getLogger(GridMember.class);

    private final Throughline grid;
    private final MemberHealth health;
    private final Departure departure;
    private final CompletableFuture<ExitCode> endedByItself;

    private GridMember(
            HazelcastInstance hazelcast,
            Throughline grid,
            MemberHealth health,
            CompletableFuture<ExitCode> endedByItself) {
        this.endedByItself = endedByItself;
        this.grid = grid;
        this.health = health;
        this.departure = new Departure(hazelcast);
        hazelcast.getLifecycleService().addLifecycleListener(event -> {
            if (event.getState() == LifecycleState.SHUTDOWN && health.phase() == Phase.SERVING) {
                health.enter(Phase.ENDED);
                endedByItself.complete(ExitCode.ENDED_BY_ITSELF);
            }
        });
    }

    /**
     * Returns when the member has joined.
     *
     * @throws MemberStartException if it can't; nothing of it is left then
     */
    static GridMember start(MemberSettings settings) {
        Config config = HazelcastYaml.load(settings);
        Departure.prepare(config);
        ListenAddress.check(settings, config.getNetworkConfig());
        PrometheusMeterRegistry meters = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
        meters.config().commonTags("member", settings.name());
        MemberHealth health = MemberHealth.open(settings, meters);
        try {
            tell(settings, "", health);
            return join(settings, config, meters, health);
        } catch (RuntimeException e) {
            health.close();
            throw StartFailures.explain(settings, e);
        }
    }

    private static GridMember join(
            MemberSettings settings, Config config, PrometheusMeterRegistry meters, MemberHealth health) {
        CompletableFuture<ExitCode> endedByItself = new CompletableFuture<>();
        Throughline grid = Throughline.open(settings.throughlineYaml(), meters).onFenced(reason -> {
            health.enter(Phase.ENDED);
            endedByItself.complete(ExitCode.FENCED);
        });
        try {
            HazelcastInstance hazelcast = grid.join(config);
            var socket = hazelcast.getCluster().getLocalMember().getAddress();
            String address = socket.getHost() + ":" + socket.getPort();
            Probe<List<ShardHealth>> shards = health.watch(hazelcast, grid, address);
            bind(meters, hazelcast, grid, shards);
            GridMember member = new GridMember(hazelcast, grid, health, endedByItself);
            tell(settings, address, health); // first, as who waits for readiness asks for the address next
            health.enter(Phase.SERVING);
            log.info("{} serves on {}, health on {}", settings.name(), address, health.url());
            return member;
        } catch (RuntimeException e) {
            grid.close();
            throw e;
        }
    }

    private static void bind(
            PrometheusMeterRegistry meters,
            HazelcastInstance hazelcast,
            Throughline grid,
            Probe<List<ShardHealth>> shards) {
        List<String> maps =
                grid.config().maps().stream().map(GridMapConfig::name).toList();
        List.of(
                        new JvmMeters(),
                        new ClusterMeters(hazelcast),
                        new MapMeters(hazelcast, maps),
                        new ShardMeters(
                                grid.config().shardNames(),
                                () -> shards.latest().orElse(List.of())))
                .forEach(binder -> binder.bindTo(meters));
    }

    private static void tell(MemberSettings settings, String address, MemberHealth health) {
        MemberState state =
                new MemberState(settings.name(), ProcessHandle.current().pid(), address, health.url());
        settings.whereToTellState().ifPresent(state::write);
    }

    /** Completes if Hazelcast ends while no one asked for it. */
    CompletableFuture<ExitCode> endedByItself() {
        return endedByItself;
    }

    /** How long {@link #leave} takes at most, with some room. */
    Duration leaveBound() {
        return departure.within().multipliedBy(2).plusSeconds(15);
    }

    /**
     * In this order: no longer ready, so that no one new is sent here; partitions handed over, while stores in flight end;
     * then the connections to the shards; health last, as it tells how it goes.
     */
    ExitCode leave() {
        health.enter(Phase.LEAVING);
        log.info(
                "Leaving: handing partitions over, for {} s at most",
                departure.within().toSeconds());
        boolean inOrder = departure.go();
        close();
        log.info("Left in {}", inOrder ? "order" : "haste");
        return inOrder ? ExitCode.LEFT_IN_ORDER : ExitCode.LEFT_IN_HASTE;
    }

    /** What is left to close once Hazelcast has ended. */
    void close() {
        grid.close();
        health.close();
    }
}
