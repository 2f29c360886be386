/** The highest rate that a grid holds. No I/O. */
@NullMarked
package io.throughline.bench.search;

import org.jspecify.annotations.NullMarked;
