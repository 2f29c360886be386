/** The product broken on purpose, one mechanism at a time, to see that the torture finds it. In test builds only. */
@NullMarked
package io.throughline.torture.sabotage;

import org.jspecify.annotations.NullMarked;
