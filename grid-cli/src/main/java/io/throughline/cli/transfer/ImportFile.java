package io.throughline.cli.transfer;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * A file of entries, opened at its start or further on.
 *
 * @param file {@code -} for standard input
 */
record ImportFile(Path file, FileFormat format, MapFormat values, String keyColumn, String valueColumn) {

    boolean isStandardInput() {
        return file.toString().equals("-");
    }

    /** 0 where it isn't known. */
    long size() throws IOException {
        return isStandardInput() ? 0 : Files.size(file);
    }

    /** To be closed by the caller. */
    InputStream open() throws IOException {
        return isStandardInput() ? System.in : new BufferedInputStream(Files.newInputStream(file));
    }

    /**
     * Goes on at a position; the stream stands at the file's start.
     *
     * @throws IllegalArgumentException if the header of a CSV file doesn't have the columns
     */
    EntryReader reader(InputStream in, Position from) throws IOException {
        return switch (format) {
            case NDJSON -> new NdjsonReader(goOn(in, from), values);
            case CSV -> csv(in, from);
        };
    }

    private EntryReader csv(InputStream in, Position from) throws IOException {
        if (from.offset() == 0) {
            LineReader lines = new LineReader(in, 0, 1);
            return new CsvReader(lines, CsvReader.header(lines), keyColumn, valueColumn);
        }
        List<String> header;
        try (InputStream again = open()) {
            header = CsvReader.header(new LineReader(again, 0, 1));
        }
        return new CsvReader(goOn(in, from), header, keyColumn, valueColumn);
    }

    private static LineReader goOn(InputStream in, Position from) throws IOException {
        in.skipNBytes(from.offset());
        return new LineReader(in, from.offset(), from.line());
    }
}
