/** The grid that is loaded, as a Hazelcast client and its metrics show it. */
@NullMarked
package io.throughline.bench.grid;

import org.jspecify.annotations.NullMarked;
