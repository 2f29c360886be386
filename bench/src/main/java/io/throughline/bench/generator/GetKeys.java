package io.throughline.bench.generator;

import io.throughline.bench.ledger.KeyLedger;
import java.util.random.RandomGenerator;

/**
 * Picks the key of each get: mostly one of the last {@value RecentKeys#SIZE} whose put was acknowledged, else any that was
 * written in this run. The former are what promise 1 is about; the latter find what has left memory. Only one thread may
 * pick.
 */
final class GetKeys {

    private static final int TRIES = 16;

    private final KeyLedger ledger;
    private final RecentKeys recent;
    private final double recentShare;
    private final RandomGenerator random;

    GetKeys(KeyLedger ledger, RecentKeys recent, double recentShare, RandomGenerator random) {
        this.ledger = ledger;
        this.recent = recent;
        this.recentShare = recentShare;
        this.random = random;
    }

    int pick() {
        int written = random.nextDouble() < recentShare ? -1 : anyWritten();
        int key = written >= 0 ? written : recent.pick(random);
        return key >= 0 ? key : random.nextInt(ledger.keys());
    }

    /** -1 where chance finds none soon: hardly any is written yet. */
    private int anyWritten() {
        for (int attempt = 0; attempt < TRIES; attempt++) {
            int key = random.nextInt(ledger.keys());
            if (ledger.lastAcknowledged(key) > 0) {
                return key;
            }
        }
        return -1;
    }
}
