/** What a command asks the shards directly. */
@NullMarked
package io.throughline.cli.shards;

import org.jspecify.annotations.NullMarked;
