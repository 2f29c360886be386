@NullMarked
package io.throughline.bench.cost;

import org.jspecify.annotations.NullMarked;
