package io.throughline.bench.cost;

import io.throughline.localpostgres.LocalShards;
import io.throughline.localpostgres.Node;
import io.throughline.localpostgres.Shard;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/** Reads the counters of everything that runs on this machine for a comparison. For one thread. */
public final class MeterReader implements AutoCloseable {

    /**
     * Both are exact. A transaction has a number of its own once it writes; pg_stat_database counts the others too, but tells of
     * commits up to some seconds late.
     */
    private static final String QUERY = """
            SELECT pg_current_wal_insert_lsn() - '0/0',
                   pg_snapshot_xmax(pg_current_snapshot())::text::bigint""";

    private static final String BATCHES = "throughline_batch_rows_count";
    private static final String BATCHED_ROWS = "throughline_batch_rows_sum";

    private final List<Long> postmasters = new ArrayList<>();
    private final List<Connection> primaries = new ArrayList<>();

    public MeterReader(LocalShards shards) throws SQLException {
        for (Shard shard : shards.shards()) {
            shard.nodes().stream().map(Node::pid).forEach(postmasters::add);
            primaries.add(shards.connect(shard.primary()));
        }
    }

    /**
     * Before a step. To tell what it has allocated costs a JVM some milliseconds, which are not the step's: it is asked first
     * here, and last in {@link #end}.
     */
    public Meter begin(Metered metered) throws SQLException {
        long client = metered.client().allocatedBytes();
        long members = metered.members().allocatedBytes();
        return read(metered).withAllocated(client, members);
    }

    /** After a step. */
    public Meter end(Metered metered) throws SQLException {
        Meter others = read(metered);
        return others.withAllocated(
                metered.client().allocatedBytes(), metered.members().allocatedBytes());
    }

    private Meter read(Metered metered) throws SQLException {
        long walBytes = 0;
        long commits = 0;
        for (Connection primary : primaries) {
            try (Statement statement = primary.createStatement();
                    ResultSet row = statement.executeQuery(QUERY)) {
                row.next();
                walBytes += row.getBigDecimal(1).longValue();
                commits += row.getLong(2);
            }
        }
        return new Meter(
                metered.client().processorSeconds(),
                metered.members().processorSeconds(),
                ProcessorTime.withChildren(postmasters),
                walBytes,
                commits,
                Metrics.sum(metered.healthUrls(), BATCHES),
                Metrics.sum(metered.healthUrls(), BATCHED_ROWS),
                0,
                0);
    }

    @Override
    public void close() throws SQLException {
        for (Connection primary : primaries) {
            primary.close();
        }
    }
}
