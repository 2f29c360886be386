package io.throughline.mapstore.config;

/**
 * What a number may be.
 *
 * @param fallback used where the key is absent
 * @param why what a number outside would lead to; ends the error's sentence
 */
record Bounds<T extends Comparable<T>>(T fallback, T min, T max, String why) {

    boolean allow(T value) {
        return value.compareTo(min) >= 0 && value.compareTo(max) <= 0;
    }
}
