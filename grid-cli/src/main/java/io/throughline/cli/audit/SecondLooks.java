package io.throughline.cli.audit;

import io.throughline.cli.audit.Suspect.Verdict;
import io.throughline.cli.shards.ReplicationPosition;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * Looks at keys that differed once, again and again, until each is known to agree or to differ, or keeps changing for longer
 * than it is worth. One thread.
 */
final class SecondLooks {

    private static final int ROUNDS_A_GRACE = 6;
    private static final int GRACES = 4;

    /** A suspect, and how it looked the last time. */
    record Seen(Suspect suspect, KeyLook look) {}

    /**
     * What became of the suspects.
     *
     * @param undecided differ in something that could not be told; in something else they may really differ
     */
    record Outcome(List<Seen> different, List<Seen> undecided, long passing) {}

    private final MemberEntries members;
    private final RowQueries queries;
    private final AuditedShards shards;
    private final Duration grace;
    private final AuditProgress progress;
    private final List<Seen> different = new ArrayList<>();
    private final List<Seen> open = new ArrayList<>();
    private long passing;

    /** @param grace for which a member may lag behind its row */
    SecondLooks(
            MemberEntries members, RowQueries queries, AuditedShards shards, Duration grace, AuditProgress progress) {
        this.members = members;
        this.queries = queries;
        this.shards = shards;
        this.grace = grace;
        this.progress = progress;
    }

    /** @param suspects by the shard in which their rows are looked at */
    Outcome run(Map<ShardNodes, List<Suspect>> suspects) throws InterruptedException {
        Map<ShardNodes, List<Suspect>> waiting = new LinkedHashMap<>(suspects);
        long begun = System.nanoTime();
        while (true) {
            open.clear();
            for (Map.Entry<ShardNodes, List<Suspect>> shard : waiting.entrySet()) {
                shard.setValue(look(shard.getKey(), shard.getValue()));
            }
            Duration elapsed = Duration.ofNanos(System.nanoTime() - begun);
            if (open.isEmpty() || elapsed.compareTo(grace.multipliedBy(GRACES)) > 0) {
                return new Outcome(different, List.copyOf(open), passing);
            }
            progress.showSecondLook(open.size(), elapsed, grace);
            Thread.sleep(grace.toMillis() / ROUNDS_A_GRACE);
        }
    }

    /** Those that are still open. */
    private List<Suspect> look(ShardNodes nodes, List<Suspect> suspects) {
        if (suspects.isEmpty()) {
            return suspects;
        }
        List<Suspect> still = new ArrayList<>();
        try {
            Map<String, KeyLook> looks =
                    looks(nodes, suspects.stream().map(Suspect::key).toList());
            for (Suspect suspect : suspects) {
                if (look(suspect, Objects.requireNonNull(looks.get(suspect.key()))) == Verdict.OPEN) {
                    still.add(suspect);
                }
            }
        } catch (SQLException e) {
            shards.leaveOut(nodes, e);
        }
        return still;
    }

    private Verdict look(Suspect suspect, KeyLook look) {
        Verdict verdict = suspect.look(look);
        switch (verdict) {
            case NOTHING -> passing++;
            case DIFFERENT -> different.add(new Seen(suspect, look));
            case OPEN -> open.add(new Seen(suspect, look));
        }
        return verdict;
    }

    private Map<String, KeyLook> looks(ShardNodes nodes, List<String> keys) throws SQLException {
        long began = System.nanoTime();
        Map<String, AuditedRow> before = nodes.onPrimary(primary -> queries.rows(primary, keys));
        ReplicationPosition position = nodes.position();
        Map<String, HeldValue> memory = memory(keys);
        Map<String, Map<String, AuditedRow>> standbys =
                nodes.onStandbys(position, standby -> queries.rows(standby, keys));
        Map<String, AuditedRow> after = nodes.onPrimary(primary -> queries.rows(primary, keys));
        long ended = System.nanoTime();
        Map<String, KeyLook> looks = new HashMap<>();
        for (String key : keys) {
            int partition = members.partitionOf(key);
            Map<String, AuditedRow> copies = new LinkedHashMap<>();
            standbys.forEach((node, rows) -> copies.put(node, rows.getOrDefault(key, AuditedRow.missing(key))));
            looks.put(
                    key,
                    new KeyLook(
                            nodes.shard().equals(shards.owners().get(partition)),
                            partition,
                            memory.getOrDefault(key, HeldValue.NONE),
                            before.getOrDefault(key, AuditedRow.missing(key)),
                            after.getOrDefault(key, AuditedRow.missing(key)),
                            copies,
                            began,
                            ended));
        }
        return looks;
    }

    private Map<String, HeldValue> memory(List<String> keys) {
        Map<Integer, List<String>> byPartition = new HashMap<>();
        keys.forEach(key -> byPartition
                .computeIfAbsent(members.partitionOf(key), partition -> new ArrayList<>())
                .add(key));
        Map<String, HeldValue> memory = new HashMap<>();
        byPartition.forEach((partition, some) -> memory.putAll(members.of(partition, some)));
        return memory;
    }
}
