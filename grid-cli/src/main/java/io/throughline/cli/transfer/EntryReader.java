package io.throughline.cli.transfer;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Reads the entries of a file one by one. */
interface EntryReader {

    /** Null at the end. Goes on behind what is malformed. */
    @Nullable
    Parsed read() throws IOException;
}
