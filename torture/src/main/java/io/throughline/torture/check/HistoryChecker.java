package io.throughline.torture.check;

import io.throughline.torture.history.Operation;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Checks what clients saw against what is promised to them (docs/torture.md, "What is checked for whom"). Every key begins
 * absent. Immutable, thread-safe.
 */
public final class HistoryChecker {

    /** States of one key's search before it is given up: some seconds, some hundred MB. */
    public static final int DEFAULT_BOUND = 1_000_000;

    private final Circumstances circumstances;
    private final int bound;

    public HistoryChecker(Circumstances circumstances) {
        this(circumstances, DEFAULT_BOUND);
    }

    /** @param bound after how many states, 1 at least, the search of one key is given up as not decided */
    public HistoryChecker(Circumstances circumstances, int bound) {
        this.circumstances = circumstances;
        this.bound = bound;
    }

    /**
     * @param history all operations on the keys that are to be checked, in any order
     * @param stored what each copy holds of a key at the end, the primary's first; a key that is missing is not checked for it
     */
    public CheckResult check(Collection<Operation> history, Map<String, List<StoredValue>> stored) {
        Map<String, List<Operation>> ofKey =
                history.stream().collect(Collectors.groupingBy(Operation::key, TreeMap::new, Collectors.toList()));
        return summed(ofKey.entrySet().stream()
                .map(each -> check(each.getKey(), each.getValue(), stored.getOrDefault(each.getKey(), List.of())))
                .toList());
    }

    private KeyResult check(String key, List<Operation> history, List<StoredValue> stored) {
        return new KeyCheck(new KeyHistory(key, history, circumstances), stored, bound).run();
    }

    private static CheckResult summed(List<KeyResult> keys) {
        return new CheckResult(
                keys.size(),
                (int) keys.stream()
                        .filter(key -> key.verdict() == Verdict.VIOLATED)
                        .count(),
                keys.stream()
                        .filter(key -> key.verdict() == Verdict.NOT_DECIDED)
                        .map(KeyResult::key)
                        .toList(),
                keys.stream().flatMap(key -> key.findings().stream()).toList(),
                keys.stream()
                        .flatMap(key -> key.stalest().stream())
                        .max(Comparator.comparingLong(StalestRead::behind)));
    }
}
