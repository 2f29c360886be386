package io.throughline.client;

import org.jspecify.annotations.Nullable;

/**
 * What a read found.
 *
 * @param value null where the key is absent
 */
public record Reading<V>(@Nullable V value, ServedBy servedBy) {}
