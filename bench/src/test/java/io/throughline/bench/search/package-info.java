@NullMarked
package io.throughline.bench.search;

import org.jspecify.annotations.NullMarked;
