package io.throughline.cli.local;

import io.throughline.cli.folder.FolderLock;
import io.throughline.cli.folder.GridDirectory;
import io.throughline.cli.folder.GridState;
import io.throughline.cli.folder.GridState.Phase;
import io.throughline.localpostgres.LocalShards;
import io.throughline.localpostgres.Shard;
import java.util.List;

/** What a grid on this machine consists of. */
public record GridParts(
        GridDirectory directory, FolderLock lock, PortClaims claims, LocalShards shards, RunningMembers members) {

    /** Writes grid.json if it isn't what it says already. */
    public void remember(Phase phase) {
        GridState state = new GridState(phase, ProcessHandle.current().pid(), members.look(), nodes(shards.shards()));
        if (!directory.state().filter(state::equals).isPresent()) {
            state.write(directory.stateFile());
        }
    }

    static List<GridState.Shard> nodes(List<Shard> shards) {
        return shards.stream()
                .map(shard -> new GridState.Shard(
                        shard.name(),
                        shard.nodes().stream()
                                .map(node -> new GridState.Node(node.id(), node.address(), node.pid(), node.log()))
                                .toList()))
                .toList();
    }

    /** Members first, as they need the shards to the end. Whatever fails, the rest is stopped. */
    public void stop() {
        try {
            remember(Phase.STOPPING);
            members.stopAll();
        } finally {
            try {
                shards.close();
                remember(Phase.STOPPED);
            } finally {
                claims.close();
                lock.close();
            }
        }
    }
}
