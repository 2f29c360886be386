/** The load generator and its proof that no acknowledged write is missing. */
@NullMarked
package io.throughline.bench;

import org.jspecify.annotations.NullMarked;
