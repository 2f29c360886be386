package io.throughline.cli.transfer;

/** One entry of a file, or what stands where an entry should. */
public sealed interface Parsed {

    /** Where it begins, from 1. */
    long line();

    /** The position in the file, in bytes, behind it. */
    long end();

    /** The line behind it. */
    long nextLine();

    /** @param value as the file has it: text, JSON, or bytes in Base64 */
    record Entry(long line, long end, long nextLine, String key, String value) implements Parsed {}

    record Malformed(long line, long end, long nextLine, String reason) implements Parsed {}
}
