/** From a key to its partition and from there to the one shard that owns it. */
@NullMarked
package io.throughline.mapstore.routing;

import org.jspecify.annotations.NullMarked;
