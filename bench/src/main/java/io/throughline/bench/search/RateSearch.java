package io.throughline.bench.search;

/**
 * Which rate to try next: double until one isn't held (or halve until one is), then bisect. A rate that isn't held is tried
 * once more before that counts, as a machine has other things to do now and then. And what wasn't held while the grid was
 * cold may be held once it is warm: when the search comes to an end below such a rate, that one is tried again, and if it is
 * held now, the search goes on upward. Not thread-safe.
 */
public final class RateSearch {

    private static final double FEWEST = 1;
    private static final double NONE = Double.POSITIVE_INFINITY;

    private final double precision;
    private double next;
    private double held;
    private double notHeld = NONE;
    private boolean secondTry;
    private boolean done;

    /** @param precision the search ends when what is held and what isn't are this share apart */
    public RateSearch(double first, double precision) {
        this.next = first;
        this.precision = precision;
    }

    public boolean done() {
        return done;
    }

    /** Puts a second. */
    public double next() {
        return next;
    }

    public void tried(boolean wasHeld) {
        if (wasHeld) {
            held = next;
            notHeld = next < notHeld ? notHeld : NONE;
        } else if (next == notHeld) {
            done = true;
            return;
        } else if (!secondTry) {
            secondTry = true;
            return;
        } else {
            notHeld = next;
        }
        secondTry = false;
        advance(wasHeld);
    }

    private void advance(boolean wasHeld) {
        if (notHeld == NONE) {
            next = held * 2;
        } else if (held == 0) {
            next = notHeld / 2;
            done = next < FEWEST;
        } else if (notHeld > held * (1 + precision)) {
            next = (held + notHeld) / 2;
        } else {
            next = notHeld;
            // What has just failed twice need not be tried again.
            done = !wasHeld;
        }
    }

    /** The highest that was held; 0 where none was. */
    public double highestHeld() {
        return held;
    }
}
