@NullMarked
package io.throughline.bench.loader;

import org.jspecify.annotations.NullMarked;
