package io.throughline.bench.loader;

import com.hazelcast.client.HazelcastClient;
import com.hazelcast.client.config.ClientConfig;
import com.hazelcast.core.HazelcastInstance;
import io.throughline.bench.ledger.KeyLedger;
import io.throughline.bench.ledger.KeyNames;
import io.throughline.bench.ledger.StampedValues;
import io.throughline.bench.peers.AsyncMap;
import io.throughline.bench.peers.OtherGrid;
import io.throughline.bench.peers.PeerMember;
import io.throughline.bench.peers.RowStatements;
import io.throughline.bench.peers.ShardPools;
import io.throughline.bench.proof.RowsProof;
import io.throughline.bench.proof.ShardResult;
import io.throughline.cli.client.GridClients;
import io.throughline.mapstore.config.GridConfig;
import io.throughline.mapstore.config.GridConfigReader;
import io.throughline.mapstore.config.GridMapConfig;
import io.throughline.mapstore.config.ValueFormat;
import io.throughline.mapstore.direct.KeyPartition;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.IntFunction;
import java.util.function.ToIntFunction;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Loads one peer, step by step, and in the end compares its rows with what it acknowledged. For one thread. */
final class Loader implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Duration ANSWERS_WITHIN = Duration.ofSeconds(40);
    /** Batches under way on each shard: while one commits, the next is made. Other numbers were not measured. */
    private static final int LANES = 2;

    private static final int MAX_VALUE_BYTES = 1 << 20;

    private final LoaderSetup setup;
    private final GridConfig grid;
    private final KeyNames names;
    private final StampedValues values;
    private final KeyLedger ledger;
    private final Keys keys;
    private final List<AutoCloseable> open = new ArrayList<>();
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final @Nullable AsyncClient async;
    private final @Nullable BlockingClient blocking;
    private final Sending sending;

    Loader(LoaderSetup setup) {
        open.add(threads::shutdown);
        this.setup = setup;
        this.grid = new GridConfigReader().read(Path.of(setup.throughlineYaml()));
        this.names = new KeyNames(setup.run(), setup.keys());
        this.values = new StampedValues(names, setup.valueBytes());
        this.ledger = new KeyLedger(setup.keys());
        for (int key = 0; key < setup.keys(); key++) {
            ledger.acknowledge(key, ledger.begin(key));
        }
        this.keys = new Keys(ledger);
        this.async = switch (setup.peer().access()) {
            case MAP -> new MapClient(hazelcast(List.of(PeerMember.MAP)), key -> 0);
            case MAP_PER_SHARD -> new MapClient(hazelcast(mapOfEachShard()), shardOf());
            case OTHER_PER_SHARD -> new MapClient(ofOtherGrid(), shardOf());
            case JDBC, BATCHES, LOOK_ASIDE -> null;
        };
        this.blocking = switch (setup.peer().access()) {
            case MAP, MAP_PER_SHARD, OTHER_PER_SHARD -> null;
            case JDBC -> new JdbcClient(pools(setup.connections()), rows(), setup.connections());
            case BATCHES -> new BatchClient(pools(LANES * shards()), rows(), LANES);
            case LOOK_ASIDE ->
                new LookAsideClient(
                        pools(setup.connections()), rows(), setup.connections(), client().getMap(PeerMember.MAP));
        };
        this.sending = sending();
    }

    private int shards() {
        return grid.shards().size();
    }

    private List<String> mapOfEachShard() {
        return IntStream.range(0, shards()).mapToObj(PeerMember::mapOfShard).toList();
    }

    private List<AsyncMap> hazelcast(List<String> names) {
        HazelcastInstance client = client();
        ExecutorService waiting = Executors.newCachedThreadPool();
        open.add(waiting::shutdown);
        return names.stream()
                .<AsyncMap>map(name -> new HazelcastMap(client.getMap(name), waiting))
                .toList();
    }

    private List<AsyncMap> ofOtherGrid() {
        OtherGrid.Client client = OtherGrid.of(setup.peer()).connect(setup.members(), Path.of(setup.folder()));
        open.add(client);
        return IntStream.range(0, shards()).mapToObj(client::mapOfShard).toList();
    }

    private ToIntFunction<String> shardOf() {
        int partitions = grid.partitions();
        int shards = shards();
        return key -> KeyPartition.of(key, partitions) % shards;
    }

    private RowStatements rows() {
        return new RowStatements(setup.peer().schema());
    }

    private ShardPools pools(int connections) {
        ShardPools pools = ShardPools.open(grid, connections / shards());
        open.add(pools);
        return pools;
    }

    private HazelcastInstance client() {
        ClientConfig config = GridClients.config(setup.members());
        config.setProperty("hazelcast.client.invocation.timeout.seconds", "30");
        HazelcastInstance client = HazelcastClient.newHazelcastClient(config);
        open.add(client::shutdown);
        return client;
    }

    StepReport run(StepOrder order) throws InterruptedException {
        Calls calls = new Calls(order.workload(), names, values, ledger, keys);
        if (order.workload().open()) {
            return new OpenCalls(calls, sending, order, ANSWERS_WITHIN, threads).run();
        }
        long end = System.nanoTime() + Duration.ofMillis(order.millis()).toNanos();
        double seconds = async != null
                ? new CallerChains(async, calls, order.inFlight(), end).run()
                : new CallerQueues(Objects.requireNonNull(blocking), calls, order.inFlight(), end, threads).run();
        return calls.report(seconds, 0);
    }

    /**
     * Puts each hot key and then gets it: what fills on a miss is filled then.
     *
     * @return milliseconds that it took
     */
    long remember() throws InterruptedException {
        long begin = System.nanoTime();
        Calls unmeasured = new Calls(Workload.READ_CACHED, names, values, ledger, keys);
        sendEach(unmeasured, unmeasured::put);
        sendEach(unmeasured, unmeasured::get);
        return TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - begin);
    }

    private void sendEach(Calls calls, IntFunction<Call> ofKey) throws InterruptedException {
        CountDownLatch answers = new CountDownLatch(keys.hotCount());
        for (int key = 0; key < keys.hotCount(); key++) {
            sending.send(calls, ofKey.apply(key), System.nanoTime(), answers::countDown);
        }
        answers.await();
    }

    private Sending sending() {
        if (async != null) {
            return Sending.through(async);
        }
        Sending.Threads threads = Sending.through(Objects.requireNonNull(blocking), setup.connections());
        open.add(threads);
        return threads;
    }

    /** Ends the clients first: nothing is written any more then. */
    ProofReport prove() throws InterruptedException {
        close();
        if (!setup.peer().stores()) {
            return new ProofReport(0, 0, 0, List.of(), List.of());
        }
        short[] partitions = new short[names.count()];
        for (int key = 0; key < partitions.length; key++) {
            partitions[key] = (short) KeyPartition.of(names.name(key), grid.partitions());
        }
        GridMapConfig table =
                new GridMapConfig(PeerMember.MAP, ValueFormat.TEXT, setup.peer().schema(), MAX_VALUE_BYTES);
        return report(new RowsProof(grid, table, ledger, names, values, partitions).run(PATIENCE));
    }

    private ProofReport report(List<ShardResult> shards) {
        List<String> wrong = new ArrayList<>();
        List<String> notCompared = new ArrayList<>();
        long rows = 0;
        for (ShardResult shard : shards) {
            for (var node : shard.nodes()) {
                rows += node.rows();
                node.first().forEach(finding -> wrong.add(node.node() + " " + finding));
            }
            shard.notCompared().forEach((node, reason) -> notCompared.add(node + ": " + reason));
        }
        long wrongRows = shards.stream().mapToLong(ShardResult::wrongRows).sum();
        return new ProofReport(ledger.keysAcknowledged(), rows, wrongRows, wrong, notCompared);
    }

    @Override
    public void close() {
        for (AutoCloseable each : open) {
            try {
                each.close();
            } catch (Exception e) {
                throw new IllegalStateException("a client can't be closed", e);
            }
        }
        open.clear();
    }
}
