/** Starts, watches and stops a grid on this machine. */
@NullMarked
package io.throughline.cli.local;

import org.jspecify.annotations.NullMarked;
