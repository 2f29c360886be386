/** Apache Ignite as it is measured beside Throughline. */
@NullMarked
package io.throughline.bench.ignite;

import org.jspecify.annotations.NullMarked;
