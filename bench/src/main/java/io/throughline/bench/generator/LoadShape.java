package io.throughline.bench.generator;

import java.time.Duration;

/**
 * What is asked of the grid.
 *
 * @param putsPerSecond above 0
 * @param readShare of all operations, 0 to below 1
 * @param inFlight at most so many puts, and so many gets, at a time
 */
public record LoadShape(double putsPerSecond, double readShare, Duration duration, int inFlight) {

    public double getsPerSecond() {
        return putsPerSecond * readShare / (1 - readShare);
    }

    public LoadShape at(double otherPutsPerSecond, Duration otherDuration) {
        return new LoadShape(otherPutsPerSecond, readShare, otherDuration, inFlight);
    }
}
