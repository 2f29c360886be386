@NullMarked
package io.throughline.client;

import org.jspecify.annotations.NullMarked;
