/** Rounds of all peers in turn, and what they come to. */
@NullMarked
package io.throughline.bench.compare;

import org.jspecify.annotations.NullMarked;
