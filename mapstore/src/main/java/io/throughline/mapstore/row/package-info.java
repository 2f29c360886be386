/** What a key and a value must be to become a row, and how a value becomes a column and comes back. */
@NullMarked
package io.throughline.mapstore.row;

import org.jspecify.annotations.NullMarked;
