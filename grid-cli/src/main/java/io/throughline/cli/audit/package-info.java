/** Compares what members hold, what the shards have and what their standbys have replayed, while the grid runs. */
@NullMarked
package io.throughline.cli.audit;

import org.jspecify.annotations.NullMarked;
