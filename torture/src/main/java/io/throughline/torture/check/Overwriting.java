package io.throughline.torture.check;

import java.util.Arrays;
import java.util.Comparator;
import java.util.Optional;
import java.util.stream.Stream;

/** Of some writes, the one that was over first among those that began after a moment. Immutable. */
final class Overwriting {

    private final Step[] byBeginning;
    private final Step[] firstOver;

    Overwriting(Stream<Step> writes) {
        byBeginning = writes.filter(step -> step.mandatory() && step.changes())
                .sorted(Comparator.comparingLong(Step::from))
                .toArray(Step[]::new);
        firstOver = byBeginning.clone();
        for (int i = firstOver.length - 2; i >= 0; i--) {
            firstOver[i] = firstOver[i].to() <= firstOver[i + 1].to() ? firstOver[i] : firstOver[i + 1];
        }
    }

    /** @param moment one that is over is {@link Long#MIN_VALUE} for what was there from the beginning */
    Optional<Step> firstAfter(long moment) {
        int low = 0;
        int high = byBeginning.length;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (byBeginning[middle].from() <= moment) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return Arrays.stream(firstOver, low, firstOver.length).findFirst();
    }
}
