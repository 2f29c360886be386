/** Judges what clients saw by what was promised to them. Pure: no clock, no input, no output, no state. */
@NullMarked
package io.throughline.torture.check;

import org.jspecify.annotations.NullMarked;
