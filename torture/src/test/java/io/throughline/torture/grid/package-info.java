@NullMarked
package io.throughline.torture.grid;

import org.jspecify.annotations.NullMarked;
