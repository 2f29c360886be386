/** What a person sees: colour, progress. */
@NullMarked
package io.throughline.cli.terminal;

import org.jspecify.annotations.NullMarked;
