/** Infinispan as it is measured beside Throughline. */
@NullMarked
package io.throughline.bench.infinispan;

import org.jspecify.annotations.NullMarked;
