@NullMarked
package io.throughline.bench.compare;

import org.jspecify.annotations.NullMarked;
