package io.throughline.torture.check;

import java.util.Comparator;
import java.util.List;

/** Where writes were left out. Immutable. */
final class Gaps {

    private final long[] beginnings;
    private final long[] latestEnd;

    Gaps(List<Step> writes) {
        List<Step> sorted =
                writes.stream().sorted(Comparator.comparingLong(Step::from)).toList();
        beginnings = sorted.stream().mapToLong(Step::from).toArray();
        latestEnd = sorted.stream().mapToLong(Step::to).toArray();
        for (int i = 1; i < latestEnd.length; i++) {
            latestEnd[i] = Math.max(latestEnd[i], latestEnd[i - 1]);
        }
    }

    boolean areNone() {
        return beginnings.length == 0;
    }

    /** Whether one of them may have taken effect not before the first of these moments and not after the second. */
    boolean areBetween(long first, long last) {
        int low = 0;
        int high = beginnings.length;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (beginnings[middle] <= last) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low > 0 && latestEnd[low - 1] >= first;
    }
}
