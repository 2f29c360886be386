package io.throughline.bench.generator;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A few keys that get more of the puts than the others, and so of the gets that follow puts.
 *
 * @param keys how many they are; 0 where all keys are alike
 * @param share of the puts that go to them
 */
public record HotKeys(int keys, double share) {

    public static final HotKeys NONE = new HotKeys(0, 0);

    private static final Pattern TEXT = Pattern.compile("(?<keys>\\d{1,8}):(?<share>0?\\.\\d{1,6}|1(?:\\.0)?|0)");

    /**
     * From {@code 100:0.5}: half of the puts go to 100 keys.
     *
     * @throws IllegalArgumentException if it is something else
     */
    public static HotKeys parse(String text) {
        Matcher matcher = TEXT.matcher(text);
        if (!matcher.matches()) {
            throw new IllegalArgumentException(
                    "'" + text + "' is not KEYS:SHARE; write 100:0.5 for half of the puts on 100 keys");
        }
        return new HotKeys(Integer.parseInt(matcher.group("keys")), Double.parseDouble(matcher.group("share")));
    }

    @Override
    public String toString() {
        return keys == 0 ? "none" : String.format(Locale.ROOT, "%.0f %% of puts on %,d keys", share * 100, keys);
    }
}
