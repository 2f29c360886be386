/** What a member measures beside what the map store does: the JVM, the cluster, its maps, the shards' replication. */
@NullMarked
package io.throughline.member.metrics;

import org.jspecify.annotations.NullMarked;
