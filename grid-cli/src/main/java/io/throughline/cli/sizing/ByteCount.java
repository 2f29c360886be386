package io.throughline.cli.sizing;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A number of bytes as people write it: {@code 200}, {@code 16KiB}, {@code 1.5MiB}. */
public record ByteCount(long bytes) {

    private static final Pattern TEXT =
            Pattern.compile("(?<number>\\d{1,12}(?:\\.\\d{1,6})?) ?(?<unit>B|[KMGT]i?B?)?", Pattern.CASE_INSENSITIVE);
    private static final String UNITS = "KMGT";
    private static final int STEP = 1024;

    /** @throws IllegalArgumentException if it is none */
    public static ByteCount parse(String text) {
        Matcher matcher = TEXT.matcher(text.strip());
        if (!matcher.matches()) {
            throw new IllegalArgumentException("'" + text + "' is no number of bytes; write 200, 16KiB or 1.5MiB");
        }
        String unit = matcher.group("unit");
        int power =
                unit == null ? 0 : UNITS.indexOf(unit.toUpperCase(Locale.ROOT).charAt(0)) + 1;
        return new ByteCount(Math.round(Double.parseDouble(matcher.group("number")) * Math.pow(STEP, power)));
    }

    /** {@code 1.5 MiB}. */
    @Override
    public String toString() {
        if (bytes < STEP) {
            return bytes + " B";
        }
        double value = bytes;
        int power = 0;
        while (value >= STEP && power < UNITS.length()) {
            value /= STEP;
            power++;
        }
        return String.format(Locale.ROOT, value < 10 ? "%.1f %ciB" : "%.0f %ciB", value, UNITS.charAt(power - 1));
    }
}
