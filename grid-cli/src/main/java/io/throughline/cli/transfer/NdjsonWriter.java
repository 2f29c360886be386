package io.throughline.cli.transfer;

import com.fasterxml.jackson.core.io.JsonStringEncoder;

/** What {@link NdjsonReader} reads. A JSON document stands in the line as it is, character by character. */
final class NdjsonWriter implements EntryWriter {

    private final JsonStringEncoder encoder = JsonStringEncoder.getInstance();
    private final MapFormat format;

    NdjsonWriter(MapFormat format) {
        this.format = format;
    }

    @Override
    public String header() {
        return "";
    }

    @Override
    public String entry(String key, String value) {
        if (format != MapFormat.JSON) {
            return "{\"key\":" + quoted(key) + ",\"value\":" + quoted(value) + "}\n";
        }
        boolean broken = value.indexOf('\n') >= 0 || value.indexOf('\r') >= 0;
        return "{\"key\":" + quoted(key) + (broken ? ",\"text\":" + quoted(value) : ",\"value\":" + value) + "}\n";
    }

    private String quoted(String text) {
        return "\"" + new String(encoder.quoteAsString(text)) + "\"";
    }
}
