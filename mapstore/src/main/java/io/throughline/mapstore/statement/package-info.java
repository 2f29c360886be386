/** Every statement that is sent for a row. SQL stands here and nowhere else. */
@NullMarked
package io.throughline.mapstore.statement;

import org.jspecify.annotations.NullMarked;
