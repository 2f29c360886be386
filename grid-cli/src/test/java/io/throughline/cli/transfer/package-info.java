@NullMarked
package io.throughline.cli.transfer;

import org.jspecify.annotations.NullMarked;
