/** The {@code ./grid} command. */
@NullMarked
package io.throughline.cli;

import org.jspecify.annotations.NullMarked;
