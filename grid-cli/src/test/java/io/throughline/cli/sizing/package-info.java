@NullMarked
package io.throughline.cli.sizing;

import org.jspecify.annotations.NullMarked;
