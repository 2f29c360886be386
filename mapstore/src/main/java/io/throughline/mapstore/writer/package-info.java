/**
 * No zombie writes: a member that stalled and was replaced, a lost connection's statement and a moved partition's store
 * can't overwrite what was acknowledged after them. {@link io.throughline.mapstore.writer.ShardWriter} says why.
 */
@NullMarked
package io.throughline.mapstore.writer;

import org.jspecify.annotations.NullMarked;
