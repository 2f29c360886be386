package io.throughline.cli.transfer;

import org.jspecify.annotations.Nullable;

/**
 * Some entries of one range, ready for the file.
 *
 * @param lastKey null if it has none
 * @param last whether the range ends with it
 */
record Block(int range, String text, int entries, @Nullable String lastKey, boolean last) {}
