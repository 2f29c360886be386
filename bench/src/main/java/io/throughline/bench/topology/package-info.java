/** The shards that all peers share, and the processes of one peer. */
@NullMarked
package io.throughline.bench.topology;

import org.jspecify.annotations.NullMarked;
