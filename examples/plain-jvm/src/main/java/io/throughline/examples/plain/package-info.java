/** A plain application that embeds a member. */
@NullMarked
package io.throughline.examples.plain;

import org.jspecify.annotations.NullMarked;
