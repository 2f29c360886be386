package io.throughline.bench.proof;

import io.throughline.bench.ledger.KeyLedger;
import io.throughline.bench.ledger.KeyNames;
import io.throughline.bench.ledger.Outcome;
import io.throughline.bench.ledger.StampedValues;
import io.throughline.bench.ledger.Verdict;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.function.IntPredicate;
import org.jspecify.annotations.Nullable;

/** Holds the rows of one node against what was acknowledged. A bit a key. No I/O; not thread-safe. */
final class NodeCheck {

    private static final int KEPT = 10;

    private final KeyLedger ledger;
    private final KeyNames names;
    private final StampedValues values;
    private final IntPredicate ownedByShard;
    private final BitSet present;
    private final Map<Verdict, Long> wrong = new EnumMap<>(Verdict.class);
    private final List<Finding> first = new ArrayList<>();
    private long rows;

    /** @param ownedByShard whether the node's shard owns a key's partition */
    NodeCheck(KeyLedger ledger, KeyNames names, StampedValues values, IntPredicate ownedByShard) {
        this.ledger = ledger;
        this.names = names;
        this.values = values;
        this.ownedByShard = ownedByShard;
        this.present = new BitSet(ledger.keys());
    }

    /** @param value null for a tombstone */
    void row(String name, @Nullable String value) {
        rows++;
        OptionalInt key = names.number(name);
        if (key.isEmpty()) {
            book(Verdict.NEVER_SENT, name, 0, 0, Outcome.NEVER_SENT);
        } else if (value != null) {
            judge(key.getAsInt(), name, value);
        }
    }

    private void judge(int key, String name, String value) {
        present.set(key);
        OptionalInt version = values.version(key, value);
        Verdict verdict = version.isPresent() ? ledger.ofRow(key, version.getAsInt()) : Verdict.DAMAGED;
        if (!ownedByShard.test(key)) {
            verdict = Verdict.MISPLACED;
        }
        if (verdict != Verdict.GOOD) {
            int found = version.orElse(0);
            book(verdict, name, ledger.lastAcknowledged(key), found, ledger.outcome(key, found));
        }
    }

    private void book(Verdict verdict, String name, int acknowledged, int found, Outcome outcome) {
        wrong.merge(verdict, 1L, Long::sum);
        if (first.size() < KEPT) {
            first.add(new Finding(verdict, name, acknowledged, found, outcome));
        }
    }

    /** Once, after the last row. */
    NodeResult end(String node, boolean primary) {
        for (int key = present.nextClearBit(0); key < ledger.keys(); key = present.nextClearBit(key + 1)) {
            if (ownedByShard.test(key) && ledger.ofNoRow(key) != Verdict.GOOD) {
                book(Verdict.MISSING, names.name(key), ledger.lastAcknowledged(key), 0, Outcome.NEVER_SENT);
            }
        }
        return new NodeResult(node, primary, rows, wrong, first);
    }
}
