package io.throughline.bench.search;

/**
 * Which rate to try next: double until one isn't held (or halve until one is), then bisect. A rate that isn't held is tried
 * once more before that counts, as a machine has other things to do now and then. Not thread-safe.
 */
public final class RateSearch {

    private static final int FEWEST = 1;

    private final double precision;
    private double next;
    private double held;
    private double notHeld = Double.POSITIVE_INFINITY;
    private boolean secondTry;

    /** @param precision the search ends when what is held and what isn't are this share apart */
    public RateSearch(double first, double precision) {
        this.next = first;
        this.precision = precision;
    }

    public boolean done() {
        return held == 0 ? next < FEWEST : notHeld <= held * (1 + precision);
    }

    /** Puts a second. */
    public double next() {
        return next;
    }

    public void tried(boolean wasHeld) {
        if (wasHeld) {
            held = next;
        } else if (!secondTry) {
            secondTry = true;
            return;
        } else {
            notHeld = next;
        }
        secondTry = false;
        next = following();
    }

    private double following() {
        if (notHeld == Double.POSITIVE_INFINITY) {
            return held * 2;
        }
        return held == 0 ? notHeld / 2 : (held + notHeld) / 2;
    }

    /** The highest that was held; 0 where none was. */
    public double highestHeld() {
        return held;
    }
}
