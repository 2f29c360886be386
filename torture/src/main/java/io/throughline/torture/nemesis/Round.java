package io.throughline.torture.nemesis;

import java.time.Duration;
import java.util.List;

/**
 * One fault, or two that overlap or follow closely.
 *
 * @param quiet how long nothing happens before
 * @param steps in the order in which they begin
 */
public record Round(Duration quiet, List<Step> steps) {

    public Round {
        steps = List.copyOf(steps);
    }
}
