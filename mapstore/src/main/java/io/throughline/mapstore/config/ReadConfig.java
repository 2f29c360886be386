package io.throughline.mapstore.config;

import java.time.Duration;

/**
 * @param timeout how long a load is tried before it fails
 * @param queueLimit loads that may wait for one shard on one member; a load past it is refused at once
 * @param batchLimit keys in one query
 * @param lanes queries that run side by side for one shard on one member
 */
public record ReadConfig(Duration timeout, int queueLimit, int batchLimit, int lanes) {}
