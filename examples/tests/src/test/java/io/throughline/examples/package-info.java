/** The examples, run against a grid. */
@NullMarked
package io.throughline.examples;

import org.jspecify.annotations.NullMarked;
