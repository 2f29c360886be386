/** The grid as stock Hazelcast clients see it, held against the rows on its shards. */
@NullMarked
package io.throughline.member.clients;

import org.jspecify.annotations.NullMarked;
