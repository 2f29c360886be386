/** What operations cost: processor time of each part, WAL and commits. */
@NullMarked
package io.throughline.bench.cost;

import org.jspecify.annotations.NullMarked;
