package io.throughline.torture.nemesis;

import io.throughline.cli.LocalGrid;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;

/** Ends every member and every PostgreSQL node, as a machine that loses its power does. The watches start them again. */
record RestartAll(LocalGrid grid) implements FaultInjector {

    @Override
    public String begin(int target) {
        Stream<Runnable> members = grid.members().stream().<Runnable>map(member -> member::kill);
        Stream<Runnable> nodes = grid.shards().shards().stream()
                .flatMap(shard -> shard.nodes().stream())
                .<Runnable>map(node -> () -> grid.shards().kill(node));
        // At once: one after the other, those that are left would notice.
        List<CompletableFuture<Void>> kills =
                Stream.concat(members, nodes).map(CompletableFuture::runAsync).toList();
        kills.forEach(CompletableFuture::join);
        return "every member and every node";
    }

    @Override
    public void heal() {
        // The watches do.
    }
}
