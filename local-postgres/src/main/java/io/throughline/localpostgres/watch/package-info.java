/** Decides what to do about a shard that is not well: pure, without I/O. */
@NullMarked
package io.throughline.localpostgres.watch;

import org.jspecify.annotations.NullMarked;
