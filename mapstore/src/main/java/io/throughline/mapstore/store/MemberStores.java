package io.throughline.mapstore.store;

import com.hazelcast.core.HazelcastInstance;
import com.hazelcast.instance.impl.HazelcastInstanceImpl;
import com.hazelcast.internal.partition.impl.InternalPartitionServiceImpl;
import com.hazelcast.spi.impl.NodeEngineImpl;
import com.hazelcast.spi.impl.servicemanager.impl.ServiceManagerImpl;
import io.micrometer.core.instrument.MeterRegistry;
import io.throughline.mapstore.StartRefusedException;
import io.throughline.mapstore.attempt.OpenedAttempts;
import io.throughline.mapstore.batch.ShardLanes;
import io.throughline.mapstore.config.GridConfig;
import io.throughline.mapstore.config.GridMapConfig;
import io.throughline.mapstore.routing.ShardMap;
import io.throughline.mapstore.row.ValueCodec;
import io.throughline.mapstore.settings.HazelcastSettings;
import io.throughline.mapstore.shard.ShardMetrics;
import io.throughline.mapstore.shard.ShardPool;
import io.throughline.mapstore.statement.MapTable;
import io.throughline.mapstore.writer.Membership;
import io.throughline.mapstore.writer.OrderedLeave;
import io.throughline.mapstore.writer.Ownership;
import io.throughline.mapstore.writer.PartitionGains;
import io.throughline.mapstore.writer.Reruns;
import io.throughline.mapstore.writer.ShardWriter;
import io.throughline.mapstore.writer.WriterKeeper;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/** The stores of one member, and what they share: for each shard its writer, its lanes and its keeper. Thread-safe. */
public final class MemberStores implements AutoCloseable {

    /** A shard that does not answer must not keep a member from leaving. */
    private static final Duration FAREWELL = Duration.ofSeconds(2);

    private final HazelcastInstance hazelcast;
    private final GridConfig config;
    private final Membership membership;
    private final Evictions evictions;
    private final Map<String, ShardWriter> writers = new HashMap<>();
    private final Map<String, ShardLanes> lanes = new HashMap<>();
    private final List<WriterKeeper> keepers = new ArrayList<>();
    private final ShardLanes[] lanesByPartition;
    private final StoreThreads threads;
    private final TombstonePurge purge;

    /**
     * @param hazelcast a member that has not joined yet, so that no partition is gained unseen
     * @param pools of every shard
     * @param whenFenced told the shard, possibly more than once; must not block
     */
    public MemberStores(
            HazelcastInstance hazelcast,
            GridConfig config,
            ShardMap shardMap,
            List<ShardPool> pools,
            MeterRegistry meters,
            Consumer<String> whenFenced) {
        this.hazelcast = hazelcast;
        this.config = config;
        NodeEngineImpl engine = ((HazelcastInstanceImpl) hazelcast).node.getNodeEngine();
        this.evictions = new Evictions(engine);
        StoreThreads threads = StoreThreads.provide(engine, config.partitions());
        this.membership = new Membership(hazelcast, config.majority());
        membership.watch();
        Ownership ownership = new Ownership(engine.getPartitionService());
        Duration lease =
                config.strictLease() ? HazelcastSettings.longestTtl(hazelcast.getConfig(), config) : Duration.ZERO;
        // One that waited for all of its time at the old owner, behind another one that did.
        Reruns reruns = new Reruns(ownership, config.write().timeout().multipliedBy(2));
        for (ShardPool pool : pools) {
            ShardWriter writer = new ShardWriter(pool.shard(), membership, ownership, lease, whenFenced);
            writers.put(pool.shard(), writer);
            ShardMetrics metrics = new ShardMetrics(meters, pool.shard());
            lanes.put(
                    pool.shard(),
                    new ShardLanes(
                            pool,
                            writer,
                            reruns,
                            metrics,
                            config.write(),
                            config.read(),
                            config.attempts().maxClockSkew(),
                            threads));
        }
        this.lanesByPartition = new ShardLanes[shardMap.partitionCount()];
        for (int partition = 0; partition < lanesByPartition.length; partition++) {
            lanesByPartition[partition] = Objects.requireNonNull(lanes.get(shardMap.shardOf(partition)));
        }
        threads.stack(
                lanesByPartition,
                config.maps().stream().map(GridMapConfig::name).collect(Collectors.toSet()));
        this.threads = threads;
        this.purge = new TombstonePurge(
                pools,
                config.maps().stream().map(MapTable::of).toList(),
                config.attempts().tombstoneRetention(),
                () -> engine.getClusterService().isJoined() && membership.isMaster());
        noteGains(engine, shardMap, reruns);
        OrderedLeave leave = new OrderedLeave();
        services(engine).registerService(OrderedLeave.SERVICE_NAME, leave);
        pools.forEach(pool -> keepers.add(new WriterKeeper(
                pool,
                Objects.requireNonNull(writers.get(pool.shard())),
                engine.getClusterService()::isJoined,
                leave::begun)));
        purge.start();
    }

    private void noteGains(NodeEngineImpl engine, ShardMap shardMap, Reruns reruns) {
        InternalPartitionServiceImpl partitions = (InternalPartitionServiceImpl) engine.getPartitionService();
        PartitionGains gains = new PartitionGains(
                partitions,
                () -> engine.getLocalMember().getUuid(),
                partition -> Objects.requireNonNull(writers.get(shardMap.shardOf(partition))),
                reruns);
        services(engine).registerService(PartitionGains.SERVICE_NAME, gains);
    }

    private static ServiceManagerImpl services(NodeEngineImpl engine) {
        return (ServiceManagerImpl) engine.getServiceManager();
    }

    /** @throws StartRefusedException if throughline.yaml has no such map */
    public MapWiring wire(String map) {
        GridMapConfig mapConfig = config.map(map)
                .orElseThrow(() -> new StartRefusedException("map '" + map
                        + "' has the Throughline map store, but " + config.file()
                        + " doesn't list it under maps: add it there with its value-format"));
        return new MapWiring(
                hazelcast,
                OpenedAttempts.of(hazelcast),
                MapTable.of(mapConfig),
                ValueCodec.of(mapConfig),
                lanesByPartition,
                config.write().timeout(),
                config.read().timeout(),
                evictions);
    }

    /**
     * Waits until the writers that this member found on each shard have been dealt with.
     *
     * @return the shards on which another grid's living writers were found
     */
    public List<String> awaitSettled(Duration patience) {
        long end = System.nanoTime() + patience.toNanos();
        for (ShardWriter writer : writers.values()) {
            writer.awaitStartJudged(Duration.ofNanos(Math.max(0, end - System.nanoTime())));
        }
        return writers.entrySet().stream()
                .filter(writer -> writer.getValue().foreign())
                .map(Map.Entry::getKey)
                .toList();
    }

    /** To be called before a merge gives this member another UUID. */
    public void mergeBegins() {
        membership.identity().mergeBegins();
    }

    /** @return false if this member has to end */
    public boolean mergeEnds() {
        return membership.identity().mergeEnds();
    }

    /** Whether this member has lately heard a majority of the configured size. */
    public boolean hearsMajority() {
        return membership.hearsMajority();
    }

    /** Finishes what is under way. To be called when Hazelcast calls no store any more. */
    @Override
    public void close() {
        purge.close();
        lanes.values().forEach(ShardLanes::close);
        threads.close();
        keepers.forEach(WriterKeeper::end);
        long end = System.nanoTime() + FAREWELL.toNanos();
        keepers.forEach(keeper -> keeper.awaitEnd(Duration.ofNanos(end - System.nanoTime())));
    }
}
