/** What operations cost: processor time and allocations of each part, WAL and commits. */
@NullMarked
package io.throughline.bench.cost;

import org.jspecify.annotations.NullMarked;
