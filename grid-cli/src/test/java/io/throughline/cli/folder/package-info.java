@NullMarked
package io.throughline.cli.folder;

import org.jspecify.annotations.NullMarked;
