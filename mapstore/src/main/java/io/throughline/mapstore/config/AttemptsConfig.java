package io.throughline.mapstore.config;

import java.time.Duration;

/**
 * @param maxClockSkew how far ahead of a shard's clock an attempt's deadline may be
 * @param tombstoneRetention how long a deleted key that has seen attempts is remembered, so that none of them brings it back
 */
public record AttemptsConfig(Duration maxClockSkew, Duration tombstoneRetention) {}
