/** Real PostgreSQL shards with synchronous standbys on this machine, for {@code ./grid up} and for tests. */
@NullMarked
package io.throughline.localpostgres;

import org.jspecify.annotations.NullMarked;
