package io.throughline.torture.nemesis;

import io.throughline.localpostgres.LocalShards;
import io.throughline.localpostgres.Node;
import io.throughline.localpostgres.Shard;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Loses a primary that is ahead of its standbys: what it commits meanwhile is on no other machine, and must not have been
 * acknowledged.
 */
final class KillAhead implements FaultInjector {

    private final LocalShards shards;
    private @Nullable Node struck;

    KillAhead(LocalShards shards) {
        this.shards = shards;
    }

    @Override
    public String begin(int target) {
        List<Shard> all = shards.shards();
        Node primary = all.get(target % all.size()).primary();
        struck = primary;
        shards.pauseSenders(primary);
        return primary.id();
    }

    /** Ends it; the rest is the watch's. */
    @Override
    public void heal() {
        Node primary = struck;
        if (primary != null) {
            shards.kill(primary);
            struck = null;
        }
    }
}
