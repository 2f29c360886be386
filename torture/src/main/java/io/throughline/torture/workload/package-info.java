/** What clients do: which keys, and which operations on them. Pure. */
@NullMarked
package io.throughline.torture.workload;

import org.jspecify.annotations.NullMarked;
