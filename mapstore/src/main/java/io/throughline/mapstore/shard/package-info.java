/** A shard as a member sees it: its connections, and what is sent over them. */
@NullMarked
package io.throughline.mapstore.shard;

import org.jspecify.annotations.NullMarked;
