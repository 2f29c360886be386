package io.throughline.cli.audit;

import java.sql.SQLException;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;

/** Compares what members hold with the primary's rows, partition by partition. One thread. */
final class MemoryPass {

    private final MemberEntries members;
    private final RowQueries queries;
    private final AuditProgress progress;

    MemoryPass(MemberEntries members, RowQueries queries, AuditProgress progress) {
        this.members = members;
        this.queries = queries;
        this.progress = progress;
    }

    /** Keys that differ at first sight. Memory is read first, so that what it has must be in the rows, or was. */
    Set<String> suspects(int partition, ShardNodes owner) throws SQLException {
        Map<String, HeldValue> held = members.of(partition);
        Set<String> suspects = new LinkedHashSet<>();
        if (!held.isEmpty()) {
            Map<String, AuditedRow> rows = owner.onPrimary(primary -> queries.rows(primary, held.keySet()));
            held.forEach((key, value) -> {
                if (!value.sameAs(
                        rows.getOrDefault(key, AuditedRow.missing(key)).value())) {
                    suspects.add(key);
                }
            });
        }
        progress.partitionDone(held.size());
        return suspects;
    }
}
