@NullMarked
package io.throughline.bench.topology;

import org.jspecify.annotations.NullMarked;
