package io.throughline.mapstore.config;

/**
 * A Hazelcast map that is written through.
 *
 * @param schema the PostgreSQL schema of the map's table on every shard: lower-case letters, digits and underscores
 * @param maxValueBytes a larger value is refused before anything is sent
 */
public record GridMapConfig(String name, ValueFormat valueFormat, String schema, int maxValueBytes) {

    /** The map's table as it stands in SQL. Quoted, as a schema may be named like a keyword. */
    public String table() {
        return "\"" + schema + "\".entries";
    }
}
