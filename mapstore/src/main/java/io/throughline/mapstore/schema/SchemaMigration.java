package io.throughline.mapstore.schema;

public final class SchemaMigration {
    private SchemaMigration() {}

    public static void migrate(io.throughline.mapstore.config.GridConfig c) {}
}
