/** Every acknowledged write against the rows of every node. */
@NullMarked
package io.throughline.bench.proof;

import org.jspecify.annotations.NullMarked;
