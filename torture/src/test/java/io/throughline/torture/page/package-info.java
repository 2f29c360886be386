@NullMarked
package io.throughline.torture.page;

import org.jspecify.annotations.NullMarked;
