package io.throughline.mapstore.config;

import java.time.Duration;

/**
 * What a resilient client does when a member is slow. Members have no use for it, and read it all the same: one file is
 * for both.
 *
 * @param cacheTimeout how long an operation waits for the cache
 * @param directTimeout how long an operation may take at its shard
 * @param overlay how long a key that was written directly is read from the shard; no shorter than the maps' time to live
 * @param connections to one shard, at most
 * @param queueLimit operations of one client that may wait for one shard; past it one is refused at once
 */
public record FallbackConfig(
        Duration cacheTimeout, Duration directTimeout, Duration overlay, int connections, int queueLimit) {}
