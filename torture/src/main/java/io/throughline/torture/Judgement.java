package io.throughline.torture;

import io.throughline.torture.check.CheckResult;
import io.throughline.torture.check.Circumstances;
import io.throughline.torture.check.HistoryChecker;
import io.throughline.torture.check.StoredValue;
import io.throughline.torture.grid.FinalRows;
import io.throughline.torture.grid.NodeRows;
import io.throughline.torture.history.Operation;
import io.throughline.torture.nemesis.FaultName;
import io.throughline.torture.nemesis.Nemesis;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;

/** Hands to the checker what was seen, and what was going on meanwhile. Pure. */
final class Judgement {

    /** The TTL, and a second as expiry is kept in whole seconds, and half of one for the sweep that comes each second. */
    private static final long STALENESS = Circumstances.TTL + 1_500_000_000L;

    /** After these, or while these last, partitions change their owners. */
    private static final Set<FaultName> MOVING = EnumSet.of(
            FaultName.KILL_MEMBER,
            FaultName.STALL_MEMBER,
            FaultName.REPLACE_WRITER,
            FaultName.CUT_NETWORK,
            FaultName.RESTART_ALL,
            FaultName.CLOCK);

    /** An entry ends by its member's wall clock: one that is set back keeps it for so long more. */
    private static final long LONGEST_JUMP = 60_000_000_000L;

    private static final Set<FaultName> CUTTING = EnumSet.of(FaultName.CUT_NETWORK);

    private Judgement() {}

    static CheckResult of(Evidence evidence) {
        Circumstances circumstances = Circumstances.calm()
                .staleness(staleness(evidence))
                .fellBack(operation -> evidence.direct().get(operation.id()))
                .moved(during(evidence.unrest(), MOVING))
                .cutOff(during(evidence.unrest(), CUTTING));
        Set<String> keys = new TreeSet<>();
        evidence.operations().forEach(operation -> keys.add(operation.key()));
        return new HistoryChecker(circumstances).check(evidence.operations(), stored(evidence.rows(), keys));
    }

    private static long staleness(Evidence evidence) {
        boolean clocks =
                evidence.unrest().stream().anyMatch(each -> each.faults().contains(FaultName.CLOCK));
        return clocks ? STALENESS + LONGEST_JUMP : STALENESS;
    }

    private static Predicate<Operation> during(List<Nemesis.Unrest> unrest, Set<FaultName> faults) {
        List<Nemesis.Unrest> those = unrest.stream()
                .filter(each -> each.faults().stream().anyMatch(faults::contains))
                .toList();
        return operation -> those.stream()
                .anyMatch(each -> operation.invoked() <= each.ended() && operation.completed() >= each.begun());
    }

    /** A key's copies are the nodes of the shard that has a row of it; where none has, every node. */
    static Map<String, List<StoredValue>> stored(FinalRows rows, Collection<String> keys) {
        Map<String, Set<String>> shards = new HashMap<>();
        rows.nodes()
                .forEach(node -> node.values()
                        .keySet()
                        .forEach(key -> shards.computeIfAbsent(key, unseen -> new HashSet<>())
                                .add(node.shard())));
        Map<String, List<StoredValue>> stored = new HashMap<>();
        for (String key : keys) {
            List<StoredValue> copies = new ArrayList<>();
            for (NodeRows node : rows.nodes()) {
                if (!shards.containsKey(key) || shards.get(key).contains(node.shard())) {
                    copies.add(new StoredValue(
                            node.toString(),
                            node.values().getOrDefault(key, Optional.empty()).orElse(null)));
                }
            }
            stored.put(key, copies);
        }
        return stored;
    }
}
