@NullMarked
package io.throughline.cli.local;

import org.jspecify.annotations.NullMarked;
