/** Import and export: files of keys and values, read, written, and gone on with. */
@NullMarked
package io.throughline.cli.transfer;

import org.jspecify.annotations.NullMarked;
