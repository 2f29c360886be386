package io.throughline.bench.ledger;

import java.util.OptionalInt;

/**
 * The names of a run's keys: {@code load-k3x9q1-00000042}. Each run has keys of its own, so that neither an earlier run's
 * late write nor another run at the same time can be taken for a loss; in the order of their numbers, so that a shard's
 * index reads them in one go.
 *
 * @param run lower-case letters and digits
 */
public record KeyNames(String run, int count) {

    private static final int DIGITS = 8;
    public static final int MAX_KEYS = 99_999_999;

    public KeyNames {
        if (count < 1 || count > MAX_KEYS) {
            throw new IllegalArgumentException("there can be 1 to " + MAX_KEYS + " keys, not " + count);
        }
    }

    /** What every key of this run begins with. */
    public String prefix() {
        return "load-" + run + "-";
    }

    /** The first text after every key of this run, compared byte by byte. */
    public String end() {
        return "load-" + run + ".";
    }

    public int length() {
        return prefix().length() + DIGITS;
    }

    public String name(int key) {
        String number = Integer.toString(key);
        return prefix() + "0".repeat(DIGITS - number.length()) + number;
    }

    /** Empty if this run has no such key. */
    public OptionalInt number(String name) {
        if (name.length() != length() || !name.startsWith(prefix())) {
            return OptionalInt.empty();
        }
        int number = 0;
        for (int at = prefix().length(); at < name.length(); at++) {
            int digit = name.charAt(at) - '0';
            if (digit < 0 || digit > 9) {
                return OptionalInt.empty();
            }
            number = number * 10 + digit;
        }
        return number < count ? OptionalInt.of(number) : OptionalInt.empty();
    }
}
