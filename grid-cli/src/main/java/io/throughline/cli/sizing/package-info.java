/** How much memory the cache takes. */
@NullMarked
package io.throughline.cli.sizing;

import org.jspecify.annotations.NullMarked;
