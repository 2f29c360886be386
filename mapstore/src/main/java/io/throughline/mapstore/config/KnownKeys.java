package io.throughline.mapstore.config;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;

/** Finds the key that was probably meant: {@code poolSize}, {@code pool_size} and {@code pol-size} all mean pool-size. */
final class KnownKeys {

    private KnownKeys() {}

    static Optional<String> nearest(String written, Collection<String> known) {
        String wanted = bare(written);
        int tolerance = Math.max(2, wanted.length() / 3);
        return known.stream()
                .filter(key -> distance(wanted, bare(key)) <= tolerance || begins(wanted, bare(key)))
                .min(Comparator.comparingInt(key -> distance(wanted, bare(key))));
    }

    private static boolean begins(String wanted, String key) {
        return wanted.length() >= 3 && (key.startsWith(wanted) || wanted.startsWith(key));
    }

    private static String bare(String key) {
        return key.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]", "");
    }

    /** Levenshtein's distance, a row of the table at a time. */
    private static int distance(String from, String to) {
        int[] above = new int[to.length() + 1];
        for (int column = 0; column <= to.length(); column++) {
            above[column] = column;
        }
        for (int row = 1; row <= from.length(); row++) {
            int[] current = new int[to.length() + 1];
            current[0] = row;
            for (int column = 1; column <= to.length(); column++) {
                int replaced = above[column - 1] + (from.charAt(row - 1) == to.charAt(column - 1) ? 0 : 1);
                current[column] = Math.min(replaced, 1 + Math.min(above[column], current[column - 1]));
            }
            above = current;
        }
        return above[to.length()];
    }
}
