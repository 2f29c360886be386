/** What a grid's folder holds: its state, who holds it, the processes that were started from it. */
@NullMarked
package io.throughline.cli.folder;

import org.jspecify.annotations.NullMarked;
