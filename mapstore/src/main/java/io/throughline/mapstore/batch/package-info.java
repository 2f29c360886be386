/**
 * Group commit: operations that arrive while a shard is busy share the next statement. A put's way: {@link
 * io.throughline.mapstore.batch.PendingWrite} → {@link io.throughline.mapstore.batch.Lane} → {@link
 * io.throughline.mapstore.batch.BatchWriter}.
 */
@NullMarked
package io.throughline.mapstore.batch;

import org.jspecify.annotations.NullMarked;
