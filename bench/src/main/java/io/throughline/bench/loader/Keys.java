package io.throughline.bench.loader;

import io.throughline.bench.ledger.KeyLedger;
import java.util.Arrays;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;

/** Picks keys. Thread-safe. */
final class Keys {

    private static final double ZIPF = 0.99;
    private static final int RECENT = 1024;
    private static final int HOT = 1000;
    private static final int TRIES = 1000;

    private final KeyLedger ledger;
    private final double[] zipf;
    private final int[] recent = new int[RECENT];
    private final AtomicInteger recentCount = new AtomicInteger();

    Keys(KeyLedger ledger) {
        this.ledger = ledger;
        this.zipf = cumulated(ledger.keys());
    }

    private static double[] cumulated(int keys) {
        double[] sums = new double[keys];
        double sum = 0;
        for (int key = 0; key < keys; key++) {
            sum += 1 / Math.pow(key + 1.0, ZIPF);
            sums[key] = sum;
        }
        return sums;
    }

    /** Of the workload's kind, and not {@linkplain KeyLedger#busy busy}; from now on it is. */
    synchronized int begin(Workload workload) {
        int wished = wished(workload);
        for (int step = 0; step < TRIES; step++) {
            // A busy key gives way to any other: its neighbour would be the next hottest.
            int key = step == 0 ? wished : uniform();
            if (!ledger.busy(key)) {
                ledger.begin(key);
                return key;
            }
        }
        throw new IllegalStateException("hardly a key is free: more puts in flight than keys");
    }

    private int wished(Workload workload) {
        return switch (workload) {
            case PUT_ZIPF -> zipf();
            case READ_CACHED, READ_MOSTLY -> hot();
            case PUT, PUT_HOT, MIXED, READ_COLD, PUT_ALL, GET_ALL, DELETE, PUT_SLOW_SHARD, OPEN, OPEN_80 -> uniform();
        };
    }

    int uniform() {
        return ThreadLocalRandom.current().nextInt(ledger.keys());
    }

    private int zipf() {
        double wanted = ThreadLocalRandom.current().nextDouble() * zipf[zipf.length - 1];
        int found = Arrays.binarySearch(zipf, wanted);
        return Math.min(found < 0 ? -found - 1 : found, zipf.length - 1);
    }

    /** Keys from 0 on that the workloads of hot keys read. */
    int hotCount() {
        return Math.min(HOT, ledger.keys());
    }

    int hot() {
        return ThreadLocalRandom.current().nextInt(hotCount());
    }

    void written(int key) {
        recent[Math.floorMod(recentCount.getAndIncrement(), RECENT)] = key;
    }

    /** Any of those written last. */
    int recent() {
        int filled = Math.min(recentCount.get(), RECENT);
        return filled == 0 ? uniform() : recent[ThreadLocalRandom.current().nextInt(filled)];
    }

    int count() {
        return ledger.keys();
    }
}
