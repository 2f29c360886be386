package io.throughline.bench.generator;

import io.throughline.bench.ledger.KeyLedger;
import io.throughline.bench.ledger.KeyNames;
import io.throughline.bench.ledger.StampedValues;
import io.throughline.bench.ledger.Verdict;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/** Gets a key, and checks that the answer is not older than what was acknowledged when the get began. */
final class Gets implements Operation {

    private final Target target;
    private final KeyNames names;
    private final StampedValues values;
    private final KeyLedger ledger;
    private final GetKeys keys;
    private final ReadChecks checks;
    private final Tally tally;

    Gets(
            Target target,
            KeyNames names,
            StampedValues values,
            KeyLedger ledger,
            GetKeys keys,
            ReadChecks checks,
            Tally tally) {
        this.target = target;
        this.names = names;
        this.values = values;
        this.ledger = ledger;
        this.keys = keys;
        this.checks = checks;
        this.tally = tally;
    }

    @Override
    public void start(long dueNanos, Runnable answered) {
        int key = keys.pick();
        int floor = ledger.lastAcknowledged(key);
        try {
            target.get(names.name(key))
                    .whenCompleteAsync(
                            (value, error) -> {
                                book(key, floor, dueNanos, value, error);
                                answered.run();
                            },
                            Puts.AT_ONCE);
        } catch (RuntimeException notSent) {
            tally.failure(Failure.of(notSent));
            answered.run();
        }
    }

    private void book(int key, int floor, long dueNanos, @Nullable String value, @Nullable Throwable error) {
        if (error != null) {
            tally.failure(Failure.of(error));
            return;
        }
        tally.success(dueNanos);
        check(key, floor, value);
    }

    private void check(int key, int floor, @Nullable String value) {
        OptionalInt version = value == null ? OptionalInt.empty() : values.version(key, value);
        Verdict verdict;
        if (value == null) {
            verdict = ledger.ofEmptyGet(floor);
        } else {
            verdict = version.isPresent() ? ledger.ofGet(key, floor, version.getAsInt()) : Verdict.DAMAGED;
        }
        checks.add(verdict, names.name(key), floor, version.orElse(0));
    }
}
