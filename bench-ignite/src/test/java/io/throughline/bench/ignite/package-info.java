@NullMarked
package io.throughline.bench.ignite;

import org.jspecify.annotations.NullMarked;
