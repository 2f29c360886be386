package io.throughline.mapstore.config;

import java.time.Duration;

/**
 * A member's connections to each shard.
 *
 * @param poolSize connections of one member to one shard
 * @param connectTimeout for one host; whole seconds, as the driver counts in them
 * @param socketTimeout how long a statement may be silent before its connection is given up; whole seconds
 * @param startTimeout how long a starting member waits for a shard that can't be reached
 */
public record ConnectionsConfig(int poolSize, Duration connectTimeout, Duration socketTimeout, Duration startTimeout) {}
