/**
 * Real PostgreSQL shards with synchronous standbys on this machine, for {@code ./grid up} and for tests. {@link
 * io.throughline.localpostgres.LocalShards} is the way in; the packages below this one are not for others.
 */
@NullMarked
package io.throughline.localpostgres;

import org.jspecify.annotations.NullMarked;
