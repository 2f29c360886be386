@NullMarked
package io.throughline.cli.terminal;

import org.jspecify.annotations.NullMarked;
