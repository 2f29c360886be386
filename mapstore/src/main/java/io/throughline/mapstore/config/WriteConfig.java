package io.throughline.mapstore.config;

import java.time.Duration;

/**
 * @param timeout how long a store is sent again before its outcome is called unknown
 * @param queueLimit stores that may wait for one shard on one member; a store past it is refused at once
 * @param batchLimit rows in one commit
 * @param onDegraded what becomes of a write while synchronous replication is not in force
 */
public record WriteConfig(Duration timeout, int queueLimit, int batchLimit, OnDegraded onDegraded) {}
