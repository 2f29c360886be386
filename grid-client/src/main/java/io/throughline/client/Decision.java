package io.throughline.client;

import org.jspecify.annotations.Nullable;

/**
 * How a conditional operation was decided: always in the shard, never by what the cache holds.
 *
 * @param applied whether its condition held, and so the value is written
 * @param current what the key has instead; null where it is absent, or where {@code applied}
 */
public record Decision<V>(boolean applied, @Nullable V current) {

    public ServedBy servedBy() {
        return ServedBy.SHARD;
    }
}
