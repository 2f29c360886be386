package io.throughline.cli.transfer;

import java.util.Locale;
import java.util.Optional;

/** How entries are written in a file. */
public enum FileFormat {
    NDJSON,
    CSV;

    /** Told by the file's name; empty if it doesn't tell. */
    public static Optional<FileFormat> ofName(String file) {
        String name = file.toLowerCase(Locale.ROOT);
        if (name.endsWith(".csv")) {
            return Optional.of(CSV);
        }
        return name.endsWith(".ndjson") || name.endsWith(".jsonl") ? Optional.of(NDJSON) : Optional.empty();
    }

    EntryWriter writer(MapFormat values) {
        return switch (this) {
            case NDJSON -> new NdjsonWriter(values);
            case CSV -> new CsvWriter();
        };
    }
}
