package io.throughline.bench.generator;

import io.throughline.bench.ledger.KeyLedger;
import java.util.concurrent.atomic.LongAdder;
import java.util.random.RandomGenerator;

/**
 * Picks the key of each put. A key that is busy gives way to the next one that isn't, so that no put waits for another,
 * which would tie the rate to the grid's speed; where all hot keys are busy, to a cold one, and that is counted. Only one
 * thread may pick.
 */
final class PutKeys {

    private final KeyLedger ledger;
    private final HotKeys hot;
    private final RandomGenerator random;
    private final LongAdder displaced = new LongAdder();

    PutKeys(KeyLedger ledger, HotKeys hot, RandomGenerator random) {
        this.ledger = ledger;
        this.hot = hot;
        this.random = random;
    }

    /** @throws IllegalStateException if every key is busy */
    int pick() {
        if (hot.keys() > 0 && random.nextDouble() < hot.share()) {
            int key = free(0, hot.keys());
            if (key >= 0) {
                return key;
            }
            displaced.increment();
        }
        int key = free(hot.keys(), ledger.keys());
        int any = key >= 0 ? key : free(0, ledger.keys());
        if (any < 0) {
            throw new IllegalStateException("every key is busy: more puts in flight than keys");
        }
        return any;
    }

    private int free(int from, int to) {
        int size = to - from;
        if (size <= 0) {
            return -1;
        }
        int begin = random.nextInt(size);
        for (int step = 0; step < size; step++) {
            int key = from + (begin + step) % size;
            if (!ledger.busy(key)) {
                return key;
            }
        }
        return -1;
    }

    /** Puts that were meant for a hot key while all of them were busy. */
    long displaced() {
        return displaced.sum();
    }
}
