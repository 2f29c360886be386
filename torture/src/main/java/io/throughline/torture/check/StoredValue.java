package io.throughline.torture.check;

import org.jspecify.annotations.Nullable;

/**
 * What a copy of a key's row holds after all clients have ended and everything has healed.
 *
 * @param copy where it lies, such as {@code shard-1 primary}
 * @param value null where there is no row, or a tombstone
 */
public record StoredValue(String copy, @Nullable String value) {}
