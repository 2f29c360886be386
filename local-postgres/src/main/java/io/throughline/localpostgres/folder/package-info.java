/** What stands in the folder of a set of shards: its lock, its state, its passwords, its ports. */
@NullMarked
package io.throughline.localpostgres.folder;

import org.jspecify.annotations.NullMarked;
