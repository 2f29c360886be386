/** Puts and gets at a rate of their own, whatever the grid does. */
@NullMarked
package io.throughline.bench.generator;

import org.jspecify.annotations.NullMarked;
