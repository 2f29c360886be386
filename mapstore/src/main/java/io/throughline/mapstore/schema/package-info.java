/**
 * What must stand on the shards before a member may serve: the grid's identity, the shard map and a table for each map.
 * {@link io.throughline.mapstore.schema.SchemaMigration} makes it with the owner's role, {@link
 * io.throughline.mapstore.schema.SchemaCheck} looks at it with the members'.
 */
@NullMarked
package io.throughline.mapstore.schema;

import org.jspecify.annotations.NullMarked;
