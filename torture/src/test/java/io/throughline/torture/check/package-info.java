@NullMarked
package io.throughline.torture.check;

import org.jspecify.annotations.NullMarked;
