package io.throughline.cli.transfer;

import java.util.ArrayList;
import java.util.List;

/**
 * One record of CSV cut into its fields.
 *
 * @param problem empty if it is complete
 */
record CsvFields(List<String> values, boolean quoteIsOpen, String problem) {

    boolean complete() {
        return problem.isEmpty();
    }

    static CsvFields split(CharSequence text) {
        List<String> values = new ArrayList<>();
        int at = 0;
        while (true) {
            StringBuilder value = new StringBuilder();
            if (at < text.length() && text.charAt(at) == '"') {
                at = quoted(text, at + 1, value);
                if (at < 0) {
                    return new CsvFields(values, true, "has a quote that is never closed");
                }
                if (at < text.length() && text.charAt(at) != ',') {
                    return new CsvFields(
                            values, false, "has something behind a closing quote; a quote inside is doubled");
                }
            } else {
                at = plain(text, at, value);
                if (value.indexOf("\"") >= 0) {
                    return new CsvFields(values, false, "has a quote inside a field that is not quoted");
                }
            }
            values.add(value.toString());
            if (at >= text.length()) {
                return new CsvFields(values, false, "");
            }
            at++;
        }
    }

    /** The position behind the field. */
    private static int plain(CharSequence text, int from, StringBuilder value) {
        int at = from;
        while (at < text.length() && text.charAt(at) != ',') {
            value.append(text.charAt(at++));
        }
        return at;
    }

    /** The position behind the closing quote, -1 if there is none. */
    private static int quoted(CharSequence text, int from, StringBuilder value) {
        for (int at = from; at < text.length(); at++) {
            if (text.charAt(at) != '"') {
                value.append(text.charAt(at));
            } else if (at + 1 < text.length() && text.charAt(at + 1) == '"') {
                value.append('"');
                at++;
            } else {
                return at + 1;
            }
        }
        return -1;
    }
}
