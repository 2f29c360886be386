/** One PostgreSQL server: started, found, signalled and ended for certain. */
@NullMarked
package io.throughline.localpostgres.postmaster;

import org.jspecify.annotations.NullMarked;
