@NullMarked
package io.throughline.localpostgres.binaries;

import org.jspecify.annotations.NullMarked;
