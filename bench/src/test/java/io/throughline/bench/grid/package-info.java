@NullMarked
package io.throughline.bench.grid;

import org.jspecify.annotations.NullMarked;
