/** Which user PostgreSQL runs as, and what that user can reach. */
@NullMarked
package io.throughline.localpostgres.account;

import org.jspecify.annotations.NullMarked;
