package io.throughline.cli.transfer;

/** What {@link CsvReader} reads: RFC 4180 with lines that end in {@code \n}. */
final class CsvWriter implements EntryWriter {

    @Override
    public String header() {
        return "key,value\n";
    }

    @Override
    public String entry(String key, String value) {
        return field(key) + "," + field(value) + "\n";
    }

    private static String field(String text) {
        boolean plain = text.chars().noneMatch(c -> c == ',' || c == '"' || c == '\n' || c == '\r');
        return plain && !text.isBlank() ? text : "\"" + text.replace("\"", "\"\"") + "\"";
    }
}
