@NullMarked
package io.throughline.torture.clients;

import org.jspecify.annotations.NullMarked;
