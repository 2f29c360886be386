package io.throughline.torture.grid;

import io.throughline.localpostgres.LocalShards;
import io.throughline.localpostgres.Node;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/** A small disk for each node of one shard. Whoever is its primary, its disk can be filled. */
public final class SmallDisks implements AutoCloseable {

    private static final String SHARD = "shard-1";

    private final LocalShards shards;
    private final Map<String, SmallDisk> disks = new LinkedHashMap<>();

    private SmallDisks(LocalShards shards) {
        this.shards = shards;
    }

    /** Before any watch and any client: each node is stopped for a moment. */
    static SmallDisks under(LocalShards shards) {
        SmallDisks disks = new SmallDisks(shards);
        try {
            shards.shard(SHARD).nodes().forEach(disks::move);
            return disks;
        } catch (RuntimeException e) {
            disks.close();
            throw e;
        }
    }

    private void move(Node node) {
        Path folder = node.data().getParent();
        if (folder == null) {
            throw new IllegalStateException(node.id() + " has no folder");
        }
        shards.stop(node);
        SmallDisk disk = new SmallDisk(folder);
        disk.mount();
        disks.put(node.name(), disk);
        shards.start(node);
    }

    public Node primary() {
        return shards.shard(SHARD).primary();
    }

    public SmallDisk of(Node node) {
        SmallDisk disk = disks.get(node.name());
        if (disk == null) {
            throw new IllegalArgumentException(node.id() + " has no disk of its own");
        }
        return disk;
    }

    /** To be called when no node runs any more. */
    @Override
    public void close() {
        disks.values().forEach(SmallDisk::unmount);
        disks.clear();
    }
}
