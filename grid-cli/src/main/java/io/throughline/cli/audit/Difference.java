package io.throughline.cli.audit;

import java.time.Duration;
import java.util.Map;

/**
 * A difference as it is reported.
 *
 * @param kind such as {@code memory}
 * @param node the standby that differs; empty for other kinds
 * @param partition of the key, as Hazelcast computes it
 * @param rowPartition by the row's own word; −1 where there is no row
 * @param standbys what each has, by its name
 * @param observed for how long it was seen without a change
 * @param advice what to do, or what was done
 */
public record Difference(
        String kind,
        String node,
        String meaning,
        String shard,
        int partition,
        int rowPartition,
        String key,
        String memory,
        String primary,
        Map<String, String> standbys,
        Duration observed,
        String advice) {

    public Difference {
        standbys = Map.copyOf(standbys);
    }
}
