@NullMarked
package io.throughline.bench.proof;

import org.jspecify.annotations.NullMarked;
