package io.throughline.torture.nemesis;

import java.time.Duration;

/**
 * One fault.
 *
 * @param at when it begins, from the beginning of its {@link Round}
 * @param lasts until it is healed; zero for what is over as soon as it has happened
 * @param target picks the victim among those that there are then; 0 or more
 */
public record Step(Duration at, Duration lasts, FaultName fault, int target) {

    Duration end() {
        return at.plus(lasts);
    }
}
