/** What a command does as a Hazelcast client of the grid. */
@NullMarked
package io.throughline.cli.client;

import org.jspecify.annotations.NullMarked;
