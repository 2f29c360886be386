package io.throughline.cli.transfer;

/** Writes entries as text. */
interface EntryWriter {

    /** What stands before the first entry; may be empty. */
    String header();

    /** One entry with its line end. */
    String entry(String key, String value);
}
