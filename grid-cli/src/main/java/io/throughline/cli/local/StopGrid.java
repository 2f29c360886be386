package io.throughline.cli.local;

import io.throughline.cli.folder.FolderLock;
import io.throughline.cli.folder.GridDirectory;
import io.throughline.cli.folder.GridState;
import io.throughline.localpostgres.LocalShards;
import io.throughline.localpostgres.LocalShardsConfig;
import io.throughline.localpostgres.Node;
import io.throughline.localpostgres.Overview;
import java.nio.file.Files;
import java.time.Duration;
import java.util.Optional;

/** Stops the grid of a folder, whoever runs it, and what a killed {@code up} has left running. */
public final class StopGrid {

    private static final Duration PATIENCE = Duration.ofMinutes(3);

    private final GridDirectory directory;

    public StopGrid(GridDirectory directory) {
        this.directory = directory;
    }

    /** False if nothing ran. */
    public boolean run() {
        Optional<RunningUp> up = RunningUp.of(directory);
        up.ifPresent(running -> running.stop(PATIENCE));
        FolderLock lock = FolderLock.take(directory);
        try {
            boolean members = !LeftOverMembers.stop(directory).isEmpty();
            boolean shards = stopLeftOverShards();
            directory
                    .state()
                    .filter(state -> state.phase() != GridState.Phase.STOPPED)
                    .ifPresent(state -> state.stopped().write(directory.stateFile()));
            return up.isPresent() || members || shards;
        } finally {
            lock.close();
        }
    }

    /** They can only be stopped in order by who has started them, so they are started: what runs keeps running. */
    private boolean stopLeftOverShards() {
        if (!Files.exists(directory.postgres())) {
            return false;
        }
        Overview overview = LocalShards.describe(directory.postgres());
        boolean running = overview.shards().stream()
                .flatMap(shard -> shard.nodes().stream())
                .anyMatch(node -> node.condition() != Node.Condition.DOWN);
        if (running) {
            LocalShards.start(LocalShardsConfig.in(directory.postgres())
                            .withShards(overview.shards().size()))
                    .close();
        }
        return running;
    }
}
