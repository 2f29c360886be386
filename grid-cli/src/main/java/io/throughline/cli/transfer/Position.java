package io.throughline.cli.transfer;

/**
 * A place in a file between two entries.
 *
 * @param offset in bytes
 * @param line that begins there, from 1
 */
record Position(long offset, long line) {

    static final Position START = new Position(0, 1);
}
