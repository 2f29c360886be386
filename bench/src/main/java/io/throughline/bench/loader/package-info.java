/** The load generator of a comparison, in a JVM of its own. */
@NullMarked
package io.throughline.bench.loader;

import org.jspecify.annotations.NullMarked;
