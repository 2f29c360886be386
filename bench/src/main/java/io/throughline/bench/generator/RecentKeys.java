package io.throughline.bench.generator;

import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.concurrent.atomic.AtomicLong;
import java.util.random.RandomGenerator;

/** The keys whose puts were acknowledged last. Thread-safe. */
final class RecentKeys {

    static final int SIZE = 1024;

    private final AtomicIntegerArray ring = new AtomicIntegerArray(SIZE);
    private final AtomicLong count = new AtomicLong();

    void add(int key) {
        // One more than the key, so that a slot that was claimed and not yet filled shows.
        ring.set((int) (count.getAndIncrement() % SIZE), key + 1);
    }

    /** Any of them alike; -1 where there is none yet. */
    int pick(RandomGenerator random) {
        int filled = (int) Math.min(count.get(), SIZE);
        return filled == 0 ? -1 : ring.get(random.nextInt(filled)) - 1;
    }
}
