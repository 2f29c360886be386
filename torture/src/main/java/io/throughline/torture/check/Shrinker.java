package io.throughline.torture.check;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Leaves out operations while the violation stays: delta debugging, chunks of half the history first, then halves of these.
 *
 * <p><b>Why nothing false comes of it.</b> If all operations have an order, so must those that are kept. Leaving out one that
 * changes nothing takes a bound away. Leaving out a write changes what later steps find, so whatever looks at a value
 * that was left out no longer does ({@link Fragment}), and takes no part in the contradiction.
 */
final class Shrinker {

    private static final int SEARCHES = 600;
    private static final int STATES = 20_000;

    private final List<Obligation> all;
    private final List<Step> fixed;
    private int searches;

    /** @param fixed steps that are never left out */
    Shrinker(List<Obligation> all, List<Step> fixed) {
        this.all = all.stream().filter(each -> !each.steps().isEmpty()).toList();
        this.fixed = fixed;
    }

    /** As few as are still in contradiction; all of them where even these are too many to search. */
    List<Obligation> shrink() {
        List<Obligation> kept = all;
        int chunk = Math.max(1, kept.size() / 2);
        while (searches < SEARCHES) {
            List<Obligation> fewer = withoutChunks(kept, chunk);
            boolean gained = fewer.size() < kept.size();
            kept = fewer;
            if (chunk == 1 && !gained) {
                return kept;
            }
            chunk = Math.max(1, Math.min(chunk / 2, kept.size() / 2));
        }
        return kept;
    }

    /** From the end, as what came after the contradiction is the most. */
    private List<Obligation> withoutChunks(List<Obligation> from, int chunk) {
        List<Obligation> kept = from;
        int end = kept.size();
        while (end > 0 && searches < SEARCHES) {
            int begin = Math.max(0, end - chunk);
            List<Obligation> speaking = fragment(without(kept, begin, end)).speaking();
            if (isViolated(speaking)) {
                kept = speaking;
            }
            end = Math.min(begin, kept.size());
        }
        return kept;
    }

    private static List<Obligation> without(List<Obligation> from, int begin, int end) {
        List<Obligation> fewer = new ArrayList<>(from.subList(0, begin));
        fewer.addAll(from.subList(end, from.size()));
        return fewer;
    }

    private boolean isViolated(List<Obligation> kept) {
        searches++;
        return new Search(fragment(kept).steps(), STATES).run().verdict() == Verdict.VIOLATED;
    }

    /** The steps that are searched for these operations, without what was left out. */
    Fragment fragment(List<Obligation> kept) {
        Set<Integer> ids = new HashSet<>();
        kept.forEach(each -> ids.add(each.operation().id()));
        List<Obligation> gone = all.stream()
                .filter(each -> !ids.contains(each.operation().id()))
                .toList();
        return new Fragment(kept, gone, fixed);
    }
}
