/** How a member is reached by the others. */
@NullMarked
package io.throughline.mapstore.network;

import org.jspecify.annotations.NullMarked;
