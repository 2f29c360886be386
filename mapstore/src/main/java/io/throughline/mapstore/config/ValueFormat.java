package io.throughline.mapstore.config;

/** What a map's values are, in Hazelcast and in the {@code value} column. */
public enum ValueFormat {
    /** {@code String} and {@code text}. */
    TEXT("text"),
    /** {@code HazelcastJsonValue} and {@code json}, which keeps the text byte for byte as {@code jsonb} would not. */
    JSON("json"),
    /** {@code byte[]} and {@code bytea}. */
    BINARY("bytea");

    private final String columnType;

    ValueFormat(String columnType) {
        this.columnType = columnType;
    }

    /** The PostgreSQL type of the {@code value} column. */
    public String columnType() {
        return columnType;
    }
}
