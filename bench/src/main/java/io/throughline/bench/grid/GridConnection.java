package io.throughline.bench.grid;

import com.hazelcast.client.HazelcastClient;
import com.hazelcast.client.config.ClientConfig;
import com.hazelcast.core.HazelcastInstance;
import io.throughline.bench.generator.Target;
import io.throughline.bench.ledger.KeyNames;
import io.throughline.cli.CommandFailed;
import io.throughline.cli.ExitCode;
import io.throughline.cli.client.GridClients;
import io.throughline.client.ResilientGrid;
import org.jspecify.annotations.Nullable;

/** The clients of a grid under load. Thread-safe. */
public final class GridConnection implements AutoCloseable {

    private final HazelcastInstance writer;
    private final HazelcastInstance reader;
    private final @Nullable ResilientGrid resilient;

    private GridConnection(HazelcastInstance writer, HazelcastInstance reader, @Nullable ResilientGrid resilient) {
        this.writer = writer;
        this.reader = reader;
        this.resilient = resilient;
    }

    /** @throws CommandFailed if no member answers */
    public static GridConnection open(GridUnderLoad grid) {
        HazelcastInstance writer = client(grid);
        try {
            return switch (grid.client()) {
                case PLAIN -> new GridConnection(writer, client(grid), null);
                case RESILIENT ->
                    new GridConnection(
                            writer,
                            writer,
                            ResilientGrid.open(writer, grid.config().file()));
            };
        } catch (RuntimeException failed) {
            writer.shutdown();
            throw failed;
        }
    }

    private static HazelcastInstance client(GridUnderLoad grid) {
        ClientConfig config = GridClients.config(grid.members());
        config.setClusterName(grid.cluster());
        // Every operation is to have an answer before the load stops waiting for it.
        config.setProperty("hazelcast.client.invocation.timeout.seconds", "30");
        try {
            return HazelcastClient.newHazelcastClient(config);
        } catch (IllegalStateException e) {
            throw new CommandFailed(
                    ExitCode.NOT_RUNNING,
                    "No member of the cluster '" + grid.cluster() + "' answers at "
                            + String.join(", ", grid.members())
                            + ". './grid status' shows what runs, './grid up' starts it.",
                    e);
        }
    }

    public Target target(String map, ValueForm form) {
        return resilient == null
                ? new MapTarget(writer, reader, map, form)
                : new ResilientTarget(resilient.map(map), form);
    }

    /** Of each key. */
    public short[] partitions(KeyNames names) {
        short[] partitions = new short[names.count()];
        for (int key = 0; key < partitions.length; key++) {
            partitions[key] = (short)
                    writer.getPartitionService().getPartition(names.name(key)).getPartitionId();
        }
        return partitions;
    }

    /** What has no answer yet fails then. */
    @Override
    public void close() {
        if (resilient != null) {
            resilient.close();
        }
        writer.shutdown();
        reader.shutdown();
    }
}
