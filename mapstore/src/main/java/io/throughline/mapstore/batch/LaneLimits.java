package io.throughline.mapstore.batch;

import java.time.Duration;

/**
 * @param queueLimit operations that may wait
 * @param batchLimit operations in one batch
 * @param paced whether the lane lets batches fill under load ({@link Pacer})
 * @param closeTimeout how long closing waits for what is under way
 */
public record LaneLimits(int queueLimit, int batchLimit, boolean paced, Duration closeTimeout) {}
