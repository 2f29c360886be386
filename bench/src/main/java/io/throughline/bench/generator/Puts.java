package io.throughline.bench.generator;

import io.throughline.bench.ledger.KeyLedger;
import io.throughline.bench.ledger.KeyNames;
import io.throughline.bench.ledger.StampedValues;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/** Puts the next version of a key, and books what became of it. */
final class Puts implements Operation {

    /**
     * Answers are booked by the thread that brings them: it takes a few microseconds, and a thread of its own for each
     * would take more than the put (docs/load.md).
     */
    static final Executor AT_ONCE = Runnable::run;

    private final Target target;
    private final KeyNames names;
    private final StampedValues values;
    private final KeyLedger ledger;
    private final PutKeys keys;
    private final RecentKeys recent;
    private final Tally tally;

    Puts(
            Target target,
            KeyNames names,
            StampedValues values,
            KeyLedger ledger,
            PutKeys keys,
            RecentKeys recent,
            Tally tally) {
        this.target = target;
        this.names = names;
        this.values = values;
        this.ledger = ledger;
        this.keys = keys;
        this.recent = recent;
        this.tally = tally;
    }

    @Override
    public void start(long dueNanos, Runnable answered) {
        int key = keys.pick();
        int version = ledger.begin(key);
        try {
            target.put(names.name(key), values.of(key, version))
                    .whenCompleteAsync(
                            (nothing, error) -> {
                                book(key, version, dueNanos, error);
                                answered.run();
                            },
                            AT_ONCE);
        } catch (RuntimeException notSent) {
            book(key, version, dueNanos, notSent);
            answered.run();
        }
    }

    private void book(int key, int version, long dueNanos, @Nullable Throwable error) {
        if (error == null) {
            ledger.acknowledge(key, version);
            recent.add(key);
            tally.success(dueNanos);
            return;
        }
        Failure failure = Failure.of(error);
        if (failure.refused()) {
            ledger.refuse(key, version);
        } else {
            ledger.doubt(key, version);
        }
        tally.failure(failure);
    }
}
