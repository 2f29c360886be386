/**
 * The resilient map: a short wait for the cache, then the shard itself, then the cache is told. What a slow member costs a
 * client is the wait of its first few operations (docs/attempts.md).
 *
 * <p>An operation's way: {@code ResilientMap}, {@code MemberBreakers}, the cache; and where that is slow {@code DirectLane},
 * the shard, {@code Invalidations}, {@code Overlay}.
 */
@NullMarked
package io.throughline.client;

import org.jspecify.annotations.NullMarked;
