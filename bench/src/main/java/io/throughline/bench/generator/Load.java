package io.throughline.bench.generator;

import io.throughline.bench.ledger.KeyLedger;
import io.throughline.bench.ledger.KeyNames;
import io.throughline.bench.ledger.StampedValues;
import java.time.Duration;
import java.util.SplittableRandom;

/**
 * All that a run writes and reads, over one or several {@linkplain LoadStep steps}: its keys, what is known of them, and how
 * the next ones are picked.
 */
public final class Load {

    private final KeyLedger ledger;
    private final PutKeys putKeys;
    private final GetKeys getKeys;
    private final ReadChecks checks = new ReadChecks();
    private final RecentKeys recent = new RecentKeys();
    private final Target target;
    private final KeyNames names;
    private final StampedValues values;
    private final SplittableRandom seeds;

    public Load(Target target, KeyNames names, StampedValues values, Dataset dataset) {
        this.target = target;
        this.names = names;
        this.values = values;
        this.ledger = new KeyLedger(names.count());
        this.seeds = new SplittableRandom(dataset.seed());
        this.putKeys = new PutKeys(ledger, dataset.hot(), seeds.split());
        this.getKeys = new GetKeys(ledger, recent, dataset.recentShare(), seeds.split());
    }

    /** One step at a time. */
    public LoadStep step(LoadShape shape) {
        // Never more puts than keys, as each key takes one at a time.
        int putsInFlight = Math.min(shape.inFlight(), names.count());
        Tally put = new Tally();
        Operation puts = new Puts(target, names, values, ledger, putKeys, recent, put);
        Tally got = new Tally();
        Operation gets = new Gets(target, names, values, ledger, getKeys, checks, got);
        return new LoadStep(
                shape,
                new Stream(put, loop(shape.putsPerSecond(), shape.duration(), puts, putsInFlight)),
                new Stream(got, loop(shape.getsPerSecond(), shape.duration(), gets, shape.inFlight())));
    }

    private OpenLoop loop(double rate, Duration duration, Operation operation, int bound) {
        long count = Math.round(rate * duration.toNanos() / 1e9);
        Arrivals arrivals = new Arrivals(count, duration.toNanos(), seeds.nextLong());
        return new OpenLoop(arrivals, rate, operation, bound);
    }

    public KeyLedger ledger() {
        return ledger;
    }

    public ReadChecks checks() {
        return checks;
    }

    /** Puts that were meant for a hot key while all of them were busy. */
    public long displaced() {
        return putKeys.displaced();
    }
}
