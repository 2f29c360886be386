package io.throughline.cli.transfer;

import io.throughline.cli.transfer.LineReader.Line;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * CSV as in RFC 4180, with a header that names the columns. A quoted field may go over several lines; an entry's line is the
 * one on which it begins.
 */
final class CsvReader implements EntryReader {

    private final LineReader lines;
    private final int columns;
    private final int keyColumn;
    private final int valueColumn;

    CsvReader(LineReader lines, List<String> header, String keyColumn, String valueColumn) {
        this.lines = lines;
        this.columns = header.size();
        this.keyColumn = header.indexOf(keyColumn);
        this.valueColumn = header.indexOf(valueColumn);
        if (this.keyColumn < 0 || this.valueColumn < 0) {
            throw new IllegalArgumentException("the header has no column '"
                    + (this.keyColumn < 0 ? keyColumn : valueColumn) + "', only " + String.join(", ", header)
                    + "; name the columns with --key-column and --value-column");
        }
    }

    /**
     * The first line.
     *
     * @throws IllegalArgumentException if it can't be read
     */
    static List<String> header(LineReader lines) throws IOException {
        Line line = lines.read();
        String text = line == null ? null : line.text();
        if (text == null) {
            throw new IllegalArgumentException(
                    line == null ? "the file is empty; a header such as key,value is missing" : "it is not UTF-8");
        }
        CsvFields fields = CsvFields.split(text);
        if (!fields.complete()) {
            throw new IllegalArgumentException("the header " + fields.problem());
        }
        return fields.values();
    }

    @Override
    public @Nullable Parsed read() throws IOException {
        Line first = lines.read();
        while (first != null && first.text() != null && first.text().isBlank()) {
            first = lines.read();
        }
        return first == null ? null : record(first);
    }

    private Parsed record(Line first) throws IOException {
        if (first.text() == null) {
            return malformed(first, first, "not UTF-8, or longer than " + LineReader.LONGEST_LINE_BYTES + " bytes");
        }
        CsvFields fields = CsvFields.split(first.text());
        return fields.quoteIsOpen() ? overSeveralLines(first) : entry(first, first, fields);
    }

    /** Doubled quotes count twice, so a quote is open while their number is odd. */
    private Parsed overSeveralLines(Line first) throws IOException {
        StringBuilder text = new StringBuilder(String.valueOf(first.text()));
        boolean open = true;
        Line last = first;
        while (open && text.length() < LineReader.LONGEST_LINE_BYTES) {
            String terminator = last.terminator();
            Line more = lines.read();
            if (more == null) {
                break;
            }
            last = more;
            String moreText = more.text();
            if (moreText == null) {
                return malformed(first, more, "line " + more.number() + " is not UTF-8");
            }
            text.append(terminator).append(moreText);
            open ^= moreText.chars().filter(c -> c == '"').count() % 2 == 1;
        }
        return entry(first, last, CsvFields.split(text));
    }

    private Parsed entry(Line first, Line last, CsvFields fields) {
        if (!fields.complete()) {
            String lines = first.equals(last) ? "" : " (up to line " + last.number() + ")";
            return malformed(first, last, fields.problem() + lines);
        }
        List<String> values = fields.values();
        if (values.size() != columns) {
            return malformed(first, last, values.size() + " fields, but the header has " + columns);
        }
        return new Parsed.Entry(
                first.number(), last.end(), last.number() + 1, values.get(keyColumn), values.get(valueColumn));
    }

    private static Parsed malformed(Line first, Line last, String reason) {
        return new Parsed.Malformed(first.number(), last.end(), last.number() + 1, reason);
    }
}
