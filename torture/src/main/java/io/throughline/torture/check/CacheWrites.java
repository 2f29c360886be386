package io.throughline.torture.check;

import java.util.ArrayList;
import java.util.List;

/**
 * The writes that went through the cache and were acknowledged. Once such a write has returned, no later read is older than it
 * (DESIGN.md, promise 1), however far behind memory may be with direct writes.
 */
final class CacheWrites {

    private final List<Step> byCompletion = new ArrayList<>();
    private final List<Long> latestBeginning = new ArrayList<>();

    /** @param writes in the order of their completion */
    CacheWrites(List<Step> writes) {
        long latest = Long.MIN_VALUE;
        for (Step write : writes) {
            latest = Math.max(latest, write.from());
            byCompletion.add(write);
            latestBeginning.add(latest);
        }
    }

    /** Ids of those that were over before this moment, without those that another of them surely follows. */
    List<Integer> lastBefore(long moment) {
        int end = firstNotBefore(moment);
        if (end == 0) {
            return List.of();
        }
        long followed = latestBeginning.get(end - 1);
        List<Integer> last = new ArrayList<>();
        for (int i = end - 1; i >= 0 && byCompletion.get(i).to() >= followed; i--) {
            last.add(byCompletion.get(i).id());
        }
        return last;
    }

    private int firstNotBefore(long moment) {
        int low = 0;
        int high = byCompletion.size();
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (byCompletion.get(middle).to() < moment) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }
}
