package io.throughline.cli.audit;

/**
 * Rows with {@code after < key <= to}, in the byte order of the keys.
 *
 * @param after empty for the first key
 * @param to empty for the last key
 */
record RowRange(String after, String to) {

    boolean open() {
        return to.isEmpty();
    }
}
