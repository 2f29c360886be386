package io.throughline.mapstore.routing;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/** Partition numbers as a person writes them: {@code 3, 9-12}. */
public final class PartitionRanges {

    private PartitionRanges() {}

    /** Sorted, without duplicates. */
    public static String of(Collection<Integer> partitions) {
        List<Integer> sorted = partitions.stream().sorted().distinct().toList();
        List<String> ranges = new ArrayList<>();
        for (int from = 0, to; from < sorted.size(); from = to + 1) {
            to = endOfRun(sorted, from);
            ranges.add(from == to ? "" + sorted.get(from) : sorted.get(from) + "-" + sorted.get(to));
        }
        return String.join(", ", ranges);
    }

    private static int endOfRun(List<Integer> sorted, int from) {
        int to = from;
        while (to + 1 < sorted.size() && sorted.get(to + 1) == sorted.get(to) + 1) {
            to++;
        }
        return to;
    }
}
