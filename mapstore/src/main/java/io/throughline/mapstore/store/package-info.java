/** Where Hazelcast hands over: a put arrives here from its partition's thread pool and leaves as a pending write. */
@NullMarked
package io.throughline.mapstore.store;

import org.jspecify.annotations.NullMarked;
