@NullMarked
package io.throughline.localpostgres.watch;

import org.jspecify.annotations.NullMarked;
