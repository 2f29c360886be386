@NullMarked
package io.throughline.torture;

import org.jspecify.annotations.NullMarked;
