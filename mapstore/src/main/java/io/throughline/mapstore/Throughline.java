package io.throughline.mapstore;

import com.hazelcast.config.Config;
import com.hazelcast.config.ListenerConfig;
import com.hazelcast.core.HazelcastInstance;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Metrics;
import io.throughline.mapstore.config.GridConfig;
import io.throughline.mapstore.config.GridConfigReader;
import io.throughline.mapstore.config.MigrationConfig;
import io.throughline.mapstore.network.PatientNode;
import io.throughline.mapstore.routing.ShardMap;
import io.throughline.mapstore.schema.SchemaCheck;
import io.throughline.mapstore.schema.SchemaMigration;
import io.throughline.mapstore.settings.HazelcastSettings;
import io.throughline.mapstore.shard.ShardConnections;
import io.throughline.mapstore.shard.ShardPool;
import io.throughline.mapstore.shard.ShardProbe;
import io.throughline.mapstore.store.MapWiring;
import io.throughline.mapstore.store.MemberStores;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A member's half of the grid: the way from its Hazelcast maps to the shards.
 *
 * <pre>{@code
 * Config config = Config.load();
 * HazelcastInstance member = Throughline.open(Path.of("throughline.yaml")).join(config);
 * IMap<String, String> kv = member.getMap("kv");
 * }</pre>
 *
 * <p>Thread-safe. It ends with the member that it joined; {@link #close} is for one that never joined.
 */
public final class Throughline implements AutoCloseable {

    static final String USER_CONTEXT_KEY = Throughline.class.getName();

    /** Longer than strangers are watched for; a shard that is down is not waited for any longer. */
    private static final Duration STRANGERS_WATCHED = Duration.ofSeconds(8);

    private static final Logger log = LoggerFactory.getLogger(Throughline.class);

    private final GridConfig config;
    private final ShardMap shardMap;
    private final MeterRegistry meters;
    private final List<ShardPool> pools;
    private final List<Consumer<String>> fencedListeners = new CopyOnWriteArrayList<>();
    private final AtomicBoolean ending = new AtomicBoolean();
    private volatile @Nullable MemberStores stores;

    private Throughline(GridConfig config, ShardMap shardMap, MeterRegistry meters) {
        this.config = config;
        this.shardMap = shardMap;
        this.meters = meters;
        ShardConnections connections = new ShardConnections(
                config.database().name(), config.database().credentials(), config.connections(), "throughline member");
        this.pools = config.shards().stream()
                .map(shard -> new ShardPool(
                        shard.name(),
                        connections.primaryOf(shard),
                        config.connections().poolSize(),
                        config.connections().poolSize(),
                        config.connections().connectTimeout(),
                        meters))
                .toList();
    }

    /** As {@link #open(Path, MeterRegistry)}, with Micrometer's global registry. */
    public static Throughline open(Path throughlineYaml) {
        return open(throughlineYaml, Metrics.globalRegistry);
    }

    /**
     * Reads the configuration, brings the schema up to date where it has a migration section, and checks the shards.
     *
     * @throws GridConfigException if the file can't be used as it is
     * @throws StartRefusedException if the shards can't be reached, or don't agree with the file
     */
    public static Throughline open(Path throughlineYaml, MeterRegistry meters) {
        GridConfig config = new GridConfigReader().read(throughlineYaml);
        if (config.migration() != null) {
            SchemaMigration.migrate(config);
        }
        return new Throughline(config, SchemaCheck.verify(config), meters);
    }

    /**
     * Makes the grid on its shards, or brings its schema up to date, without becoming a member of it: where members are not
     * to hold the password of the role that owns the tables.
     *
     * @param owner the role to use; null takes the migration section of the file
     * @return what was looked after
     * @throws GridConfigException if the file can't be used as it is, or gives no role either
     * @throws StartRefusedException if the shards can't be reached or changed, or aren't of the grid that the file describes
     */
    public static GridConfig migrate(Path throughlineYaml, @Nullable MigrationConfig owner) {
        GridConfig config = new GridConfigReader().read(throughlineYaml);
        MigrationConfig migration = owner == null ? config.migration() : owner;
        if (migration == null) {
            throw new GridConfigException(throughlineYaml + " has no migration section, and no password file of the"
                    + " owner was given: there is no role to make tables with");
        }
        SchemaMigration.migrate(config, migration);
        return config;
    }

    /**
     * Starts a member whose maps are written through. Maps of throughline.yaml that the configuration doesn't name get
     * backup-count 2 and a TTL of 5 s. When the member shuts down, so does this.
     *
     * @param hazelcast is completed by this call
     * @throws StartRefusedException if a setting would break a promise; nothing is started then
     */
    public HazelcastInstance join(Config hazelcast) {
        try {
            HazelcastSettings.complete(hazelcast, config);
            HazelcastSettings.check(hazelcast, config);
            hazelcast.getUserContext().put(USER_CONTEXT_KEY, this);
            hazelcast.addListenerConfig(new ListenerConfig(new ThroughlineListener()));
            HazelcastInstance member = PatientNode.start(hazelcast);
            giveWayToAnotherGrid(member);
            return member;
        } catch (RuntimeException | Error e) {
            close();
            throw e;
        }
    }

    /** Another grid's living writers are known as such when they have been watched for a few seconds. */
    private void giveWayToAnotherGrid(HazelcastInstance member) {
        List<String> foreign = attached().awaitSettled(STRANGERS_WATCHED);
        if (!foreign.isEmpty()) {
            member.getLifecycleService().terminate();
            throw new StartRefusedException("another grid writes to " + String.join(" and ", foreign)
                    + ": living writers that this member's list doesn't have. Either this member's join configuration"
                    + " doesn't find its cluster, or " + config.file() + " names another grid's shards");
        }
    }

    /**
     * Tells when this member has been fenced, or merged after a split when it was in use: others have taken its place, and
     * it terminates its Hazelcast instance. An application that embeds a member starts a new one then, or ends. Called once, on a thread of
     * its own, before the instance ends; with the reason.
     */
    public Throughline onFenced(Consumer<String> listener) {
        fencedListeners.add(listener);
        return this;
    }

    /** Called before the member joins a cluster, so that no partition is gained unseen. */
    synchronized void attachOnce(HazelcastInstance hazelcast) {
        if (stores != null) {
            return;
        }
        stores = new MemberStores(
                hazelcast, config, shardMap, pools, meters, shard -> endOnce(hazelcast, "has been fenced on " + shard));
    }

    void mergeBegins() {
        MemberStores attached = stores;
        if (attached != null) {
            attached.mergeBegins();
        }
    }

    /**
     * A merge gave it a new UUID, which is none of the writers that it registered. One that was asked for nothing yet goes on with
     * it: where members start one by one beside one that is left, each would merge with it, end, and start again alone.
     */
    void merged(HazelcastInstance hazelcast) {
        MemberStores attached = stores;
        if (attached == null || attached.mergeEnds()) {
            log.info("merged into another cluster, and goes on: nothing had been asked of this member");
        } else {
            endAfterMerge(hazelcast);
        }
    }

    private MemberStores attached() {
        return Objects.requireNonNull(stores, "attached when the member started");
    }

    void endAfterMerge(HazelcastInstance hazelcast) {
        endOnce(hazelcast, "was on the smaller side of a split and has lost its identity");
    }

    private void endOnce(HazelcastInstance hazelcast, String fate) {
        if (ending.compareAndSet(false, true)) {
            new Thread(() -> end(hazelcast, fate), "throughline-fenced").start();
        }
    }

    private void end(HazelcastInstance hazelcast, String fate) {
        String reason = "this member " + fate + ": it was silent or cut off, and others have taken its place. What it"
                + " holds is worthless; start it again, and it joins with a new identity";
        log.error("{}", reason);
        fencedListeners.forEach(listener -> listener.accept(reason));
        hazelcast.getLifecycleService().terminate();
    }

    MapWiring wire(String map) {
        return attached().wire(map);
    }

    public GridConfig config() {
        return config;
    }

    /** Whether this member has joined, and has lately heard a majority of {@code members}: else it refuses to serve. */
    public boolean hearsMajority() {
        MemberStores attached = stores;
        return attached != null && attached.hearsMajority();
    }

    /**
     * Asks every shard how it is, one after the other. Each takes at most {@code connect-timeout} and one {@code
     * socket-timeout}: not for a thread that must answer soon.
     */
    public List<ShardHealth> health() {
        return pools.stream().map(ShardProbe::of).toList();
    }

    /** Finishes what is under way, gives up the right to write, and closes the connections. Idempotent. */
    @Override
    public void close() {
        MemberStores attached = stores;
        if (attached != null) {
            attached.close();
        }
        pools.forEach(ShardPool::close);
    }
}
