@NullMarked
package io.throughline.localpostgres.replication;

import org.jspecify.annotations.NullMarked;
