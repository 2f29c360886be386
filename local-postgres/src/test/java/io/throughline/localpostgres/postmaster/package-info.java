@NullMarked
package io.throughline.localpostgres.postmaster;

import org.jspecify.annotations.NullMarked;
