package io.throughline.bench.loader;

import io.throughline.bench.peers.RowStatements;
import io.throughline.bench.peers.ShardPools;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** What the shards take at most: all puts that wait for a shard in one statement and one commit. Puts only. */
final class BatchClient implements BlockingClient {

    private static final int MOST_ROWS = 256;

    private final ShardPools pools;
    private final RowStatements rows;
    private final int lanes;

    /** @param lanes connections to each shard */
    BatchClient(ShardPools pools, RowStatements rows, int lanes) {
        this.pools = pools;
        this.rows = rows;
        this.lanes = lanes;
    }

    @Override
    public List<Lane> lanes(int inFlight) {
        return IntStream.range(0, pools.shards())
                .mapToObj(shard -> new Lane(shard, lanes, MOST_ROWS))
                .toList();
    }

    @Override
    public int shardOf(String key) {
        return pools.shardOf(key);
    }

    @Override
    public List<? extends @Nullable Object> perform(List<Call> calls) throws SQLException {
        Map<String, String> batch = new HashMap<>();
        calls.forEach(call -> batch.put(call.name(), call.value()));
        try (Connection connection = pools.connect(shardOf(calls.get(0).name()))) {
            rows.upsertAll(connection, batch);
        }
        return java.util.Collections.nCopies(calls.size(), null);
    }
}
