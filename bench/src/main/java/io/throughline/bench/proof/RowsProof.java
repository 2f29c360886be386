package io.throughline.bench.proof;

import io.throughline.bench.grid.ValueForm;
import io.throughline.bench.ledger.KeyLedger;
import io.throughline.bench.ledger.KeyNames;
import io.throughline.bench.ledger.StampedValues;
import io.throughline.cli.shards.NodeConnections;
import io.throughline.mapstore.config.GridConfig;
import io.throughline.mapstore.config.GridMapConfig;
import io.throughline.mapstore.config.ShardConfig;
import io.throughline.mapstore.routing.ShardMap;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * Compares the rows of every node with what was acknowledged. To be run when nothing is written any more: every put was
 * answered, or the client that sent it is closed.
 */
public final class RowsProof {

    private final GridConfig config;
    private final GridMapConfig map;
    private final KeyLedger ledger;
    private final KeyNames names;
    private final StampedValues values;
    private final short[] partitions;

    /** @param partitions of each key */
    public RowsProof(
            GridConfig config,
            GridMapConfig map,
            KeyLedger ledger,
            KeyNames names,
            StampedValues values,
            short[] partitions) {
        this.config = config;
        this.map = map;
        this.ledger = ledger;
        this.names = names;
        this.values = values;
        this.partitions = partitions;
    }

    /**
     * The shards side by side.
     *
     * @param patience how long to wait for nodes that are down or behind
     */
    public List<ShardResult> run(Duration patience) throws InterruptedException {
        long deadline = System.nanoTime() + patience.toNanos();
        NodeConnections connections = NodeConnections.of(config);
        ShardMap shardMap = new ShardMapReader(connections, config).read(deadline);
        RunRows rows = new RunRows(map.table(), names, ValueForm.of(map.valueFormat()));
        ExecutorService threads = Executors.newFixedThreadPool(config.shards().size());
        try {
            List<Future<ShardResult>> running = new ArrayList<>();
            for (ShardConfig shard : config.shards()) {
                ShardProof proof =
                        new ShardProof(connections, shard, rows, () -> check(shardMap, shard.name()), deadline);
                running.add(threads.submit(proof::run));
            }
            List<ShardResult> results = new ArrayList<>();
            for (Future<ShardResult> shard : running) {
                results.add(shard.get());
            }
            return results;
        } catch (ExecutionException e) {
            throw new IllegalStateException("a shard could not be compared: " + e.getCause(), e);
        } finally {
            threads.shutdownNow();
        }
    }

    private NodeCheck check(ShardMap shardMap, String shard) {
        return new NodeCheck(
                ledger, names, values, key -> shardMap.shardOf(partitions[key]).equals(shard));
    }
}
