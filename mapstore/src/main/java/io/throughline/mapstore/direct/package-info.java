/**
 * A client's own way to the shards, beside the cache: for {@code grid-client}. Each row guards itself with deadlines and
 * the ids of the operations that it has taken (docs/attempts.md).
 */
@NullMarked
package io.throughline.mapstore.direct;

import org.jspecify.annotations.NullMarked;
