package io.throughline.cli.sizing;

import java.time.Duration;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A duration as people write it: {@code 250ms}, {@code 5s}, {@code 2m}, {@code 1h}. */
public record TimeSpan(Duration duration) {

    private static final Pattern TEXT = Pattern.compile("(?<number>\\d{1,9}) ?(?<unit>ms|s|m|h)?");

    /** @throws IllegalArgumentException if it is none */
    public static TimeSpan parse(String text) {
        Matcher matcher = TEXT.matcher(text.strip().toLowerCase(Locale.ROOT));
        if (!matcher.matches()) {
            throw new IllegalArgumentException("'" + text + "' is no duration; write 250ms, 5s, 2m or 1h");
        }
        long number = Long.parseLong(matcher.group("number"));
        String unit = matcher.group("unit");
        return new TimeSpan(
                switch (unit == null ? "s" : unit) {
                    case "ms" -> Duration.ofMillis(number);
                    case "m" -> Duration.ofMinutes(number);
                    case "h" -> Duration.ofHours(number);
                    default -> Duration.ofSeconds(number);
                });
    }
}
