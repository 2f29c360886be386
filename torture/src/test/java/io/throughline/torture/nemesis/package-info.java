@NullMarked
package io.throughline.torture.nemesis;

import org.jspecify.annotations.NullMarked;
