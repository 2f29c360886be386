package io.throughline.mapstore.direct;

import io.throughline.mapstore.attempt.Attempt;

/**
 * An attempt that was sent through the cache, and may arrive at its row.
 *
 * @param sentAt milliseconds since 1970 on the shard's clock: it was taken no earlier
 */
public record SentAttempt(Attempt attempt, long sentAt) {}
