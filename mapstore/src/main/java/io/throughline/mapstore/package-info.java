/**
 * The write-through map store: a Hazelcast map in front of sharded, synchronously replicated PostgreSQL. What a user
 * touches is in this package; the packages below it are in the order of a put's way to the disk.
 */
@NullMarked
package io.throughline.mapstore;

import org.jspecify.annotations.NullMarked;
