package io.throughline.torture.nemesis;

import io.throughline.localpostgres.LocalShards;
import io.throughline.localpostgres.Node;
import io.throughline.localpostgres.Shard;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/** Something that is done to a PostgreSQL node's processes and taken back. */
final class NodeFault implements FaultInjector {

    private final LocalShards shards;
    private final BiFunction<Shard, Integer, Node> choice;
    private final BiConsumer<LocalShards, Node> deed;
    private final BiConsumer<LocalShards, Node> undo;
    private @Nullable Node struck;

    private NodeFault(
            LocalShards shards,
            BiFunction<Shard, Integer, Node> choice,
            BiConsumer<LocalShards, Node> deed,
            BiConsumer<LocalShards, Node> undo) {
        this.shards = shards;
        this.choice = choice;
        this.deed = deed;
        this.undo = undo;
    }

    static FaultInjector killPrimary(LocalShards shards) {
        return new NodeFault(shards, (shard, target) -> shard.primary(), LocalShards::kill, (all, node) -> {});
    }

    static FaultInjector stallPrimary(LocalShards shards) {
        return new NodeFault(shards, (shard, target) -> shard.primary(), LocalShards::pause, LocalShards::resume);
    }

    static FaultInjector killStandby(LocalShards shards) {
        return new NodeFault(shards, NodeFault::standby, LocalShards::kill, (all, node) -> {});
    }

    /** Both may be down, or being cloned; then there is nothing left to break but the primary's peace. */
    private static Node standby(Shard shard, int target) {
        List<Node> standbys = shard.standbys();
        return standbys.isEmpty() ? shard.primary() : standbys.get(target % standbys.size());
    }

    @Override
    public String begin(int target) {
        List<Shard> all = shards.shards();
        Node node = choice.apply(all.get(target % all.size()), target / all.size());
        struck = node;
        deed.accept(shards, node);
        return node.id();
    }

    @Override
    public void heal() {
        Node node = struck;
        if (node != null) {
            undo.accept(shards, node);
            struck = null;
        }
    }
}
