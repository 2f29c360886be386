@NullMarked
package io.throughline.bench.generator;

import org.jspecify.annotations.NullMarked;
