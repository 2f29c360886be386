package io.throughline.mapstore.schema;

public final class SchemaCheck {
    private SchemaCheck() {}

    public static io.throughline.mapstore.routing.ShardMap verify(io.throughline.mapstore.config.GridConfig c) {
        return io.throughline.mapstore.routing.ShardMap.initial(c.partitions(), c.shardNames());
    }
}
