package io.throughline.mapstore.row;

/**
 * A value as the driver takes it.
 *
 * @param column a {@code String} for text and json, a {@code byte[]} for bytea
 * @param bytes its length, UTF-8 for text
 */
public record ColumnValue(Object column, int bytes) {}
