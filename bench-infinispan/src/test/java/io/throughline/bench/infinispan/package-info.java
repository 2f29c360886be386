@NullMarked
package io.throughline.bench.infinispan;

import org.jspecify.annotations.NullMarked;
