package io.throughline.bench.generator;

import java.util.SplittableRandom;

/**
 * When operations are due: at random and independently of each other, as those of many clients are, so that bursts and
 * gaps come as they do in life. It is a Poisson process of which the number is known beforehand, so the rate is exact over
 * the whole. Not thread-safe.
 */
public final class Arrivals {

    private final long durationNanos;
    private final SplittableRandom random;
    private long left;
    private double nextNanos;

    /** @param count how many fall due within the duration */
    public Arrivals(long count, long durationNanos, long seed) {
        this.durationNanos = durationNanos;
        this.random = new SplittableRandom(seed);
        this.left = count;
        advance();
    }

    public boolean hasNext() {
        return left > 0;
    }

    /** Nanoseconds from the beginning; ascending. */
    public long next() {
        long due = (long) nextNanos;
        left--;
        advance();
        return due;
    }

    /** The least of {@code left} times that are spread evenly over what remains. */
    private void advance() {
        if (left > 0) {
            double share = -Math.expm1(Math.log(1 - random.nextDouble()) / left);
            nextNanos += (durationNanos - nextNanos) * share;
        }
    }
}
