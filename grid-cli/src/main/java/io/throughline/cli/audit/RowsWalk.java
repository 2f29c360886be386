package io.throughline.cli.audit;

import io.throughline.cli.shards.ReplicationPosition;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.LongConsumer;
import java.util.function.ToIntFunction;

/**
 * Goes through all rows of one shard, a page at a time in the order of their keys: each row's partition is computed anew, and
 * once a standby has replayed what the primary showed, its rows of that page are compared by one sum; only where that
 * differs they are looked at one by one. (The table has no index by partition, so a walk by partitions would read all of it
 * for each.) What it finds are suspects: rows are written meanwhile. One use, one thread.
 */
final class RowsWalk {

    static final int PAGE = 2_000;

    private final ShardNodes nodes;
    private final RowQueries queries;
    private final Map<Integer, String> owners;
    private final ToIntFunction<String> partitionOf;
    private final int limit;
    private final Set<String> suspects = new LinkedHashSet<>();

    /**
     * @param partitionOf a key, by Hazelcast's hash
     * @param limit of suspects: the walk ends when it has so many
     */
    RowsWalk(
            ShardNodes nodes,
            RowQueries queries,
            Map<Integer, String> owners,
            ToIntFunction<String> partitionOf,
            int limit) {
        this.nodes = nodes;
        this.queries = queries;
        this.owners = owners;
        this.partitionOf = partitionOf;
        this.limit = limit;
    }

    /** @param progress told how many rows each page had */
    Set<String> run(LongConsumer progress) throws SQLException {
        String after = "";
        while (suspects.size() < limit && !Thread.currentThread().isInterrupted()) {
            String from = after;
            List<AuditedRow> rows = nodes.onPrimary(primary -> queries.page(primary, from, PAGE));
            boolean last = rows.size() < PAGE;
            String to = last ? "" : rows.get(rows.size() - 1).key();
            rows.stream().filter(this::misplaced).map(AuditedRow::key).forEach(suspects::add);
            compare(rows, new RowRange(from, to));
            progress.accept(rows.size());
            if (last) {
                break;
            }
            after = to;
        }
        return suspects;
    }

    private boolean misplaced(AuditedRow row) {
        int partition = partitionOf.applyAsInt(row.key());
        return row.partition() != partition || !nodes.shard().equals(owners.get(partition));
    }

    private void compare(List<AuditedRow> rows, RowRange range) throws SQLException {
        RowsSum sum = RowsSum.of(rows);
        ReplicationPosition position = nodes.position();
        nodes.onStandbys(
                        position,
                        standby -> queries.sum(standby, range).equals(sum)
                                ? Set.<String>of()
                                : differing(rows, queries.rows(standby, range)))
                .values()
                .forEach(suspects::addAll);
    }

    static Set<String> differing(List<AuditedRow> rows, List<AuditedRow> copies) {
        Map<String, AuditedRow> alone = new LinkedHashMap<>();
        rows.forEach(row -> alone.put(row.key(), row));
        Set<String> differing = new LinkedHashSet<>();
        for (AuditedRow copy : copies) {
            AuditedRow row = alone.remove(copy.key());
            if (row == null || !row.sameAs(copy)) {
                differing.add(copy.key());
            }
        }
        differing.addAll(alone.keySet());
        return differing;
    }
}
