package io.throughline.bench.report;

import java.util.Locale;
import java.util.OptionalDouble;

/**
 * How many gets were answered from memory: all but those whose key the members loaded from a shard meanwhile.
 *
 * @param loaded keys, by the members' count; empty where they could not be asked
 * @param complete whether every member could be asked before and after
 */
public record MemoryShare(long gets, OptionalDouble loaded, boolean complete) {

    public OptionalDouble share() {
        return loaded.isEmpty() || gets == 0
                ? OptionalDouble.empty()
                : OptionalDouble.of(Math.max(0, 1 - loaded.getAsDouble() / gets));
    }

    @Override
    public String toString() {
        if (share().isEmpty()) {
            return gets == 0 ? "no gets" : "not known, as no member's metrics could be read";
        }
        return String.format(
                Locale.ROOT,
                "%.2f %% (%,.0f of %,d loaded from the shards, by the members' own count%s)",
                100 * share().getAsDouble(),
                loaded.orElse(0),
                gets,
                complete ? "" : "; a member could not be asked at the end, so it may be more");
    }
}
