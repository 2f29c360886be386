/** A primary and its standbys: made, started, failed over and cloned anew. */
@NullMarked
package io.throughline.localpostgres.replication;

import org.jspecify.annotations.NullMarked;
