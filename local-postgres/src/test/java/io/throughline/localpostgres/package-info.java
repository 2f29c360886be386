/** Tests with real servers. */
@NullMarked
package io.throughline.localpostgres;

import org.jspecify.annotations.NullMarked;
