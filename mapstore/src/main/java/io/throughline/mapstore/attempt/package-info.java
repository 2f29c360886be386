/**
 * Attempts: tries to write through the cache that their client may give up. What travels with them, and how it gets from
 * a client to the store of a map (docs/attempts.md).
 */
@NullMarked
package io.throughline.mapstore.attempt;

import org.jspecify.annotations.NullMarked;
