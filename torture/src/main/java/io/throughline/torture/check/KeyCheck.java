package io.throughline.torture.check;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** All checks of one key. The search is asked last: what a simpler check can name, a person understands better. */
final class KeyCheck {

    private final KeyHistory history;
    private final List<StoredValue> stored;
    private final int bound;
    private final List<Finding> findings = new ArrayList<>();
    private boolean decided = true;

    KeyCheck(KeyHistory history, List<StoredValue> stored, int bound) {
        this.history = history;
        this.stored = stored;
        this.bound = bound;
    }

    KeyResult run() {
        named();
        if (findings.isEmpty()) {
            ordered();
        }
        if (findings.isEmpty() && decided) {
            durable();
        }
        Verdict unlessViolated = decided ? Verdict.GOOD : Verdict.NOT_DECIDED;
        Verdict verdict = findings.isEmpty() ? unlessViolated : Verdict.VIOLATED;
        return new KeyResult(history.key(), verdict, List.copyOf(findings), StaleReads.stalest(history));
    }

    /** One finding for each operation, under the most telling name, and one of each kind. */
    private void named() {
        Map<Integer, Finding> ofOperation = new LinkedHashMap<>();
        Stream.of(
                        ForeignValues.in(history),
                        Counters.in(history),
                        OwnWrites.in(history),
                        ResurrectedDeletes.in(history),
                        StaleReads.in(history))
                .flatMap(found -> found)
                .forEach(found -> ofOperation.putIfAbsent(found.offender(), found));
        Map<Kind, Finding> ofKind = new LinkedHashMap<>();
        ofOperation.values().forEach(found -> ofKind.putIfAbsent(found.kind(), found));
        findings.addAll(ofKind.values());
    }

    private void ordered() {
        Verdict verdict = Linearizability.search(history, bound).verdict();
        decided = verdict != Verdict.NOT_DECIDED;
        if (verdict == Verdict.VIOLATED) {
            findings.add(Linearizability.finding(history));
        }
    }

    private void durable() {
        for (StoredValue copy : stored) {
            Verdict verdict = Durability.search(history, copy, bound).verdict();
            decided &= verdict != Verdict.NOT_DECIDED;
            if (verdict == Verdict.VIOLATED) {
                findings.add(Durability.finding(history, copy));
                return;
            }
        }
        Durability.difference(history, stored).ifPresent(findings::add);
    }
}
