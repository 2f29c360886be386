package io.throughline.mapstore.schema;

import io.throughline.mapstore.config.GridMapConfig;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The tables of {@code sql/}, as members use them. */
final class ExpectedTables {

    private ExpectedTables() {}

    static List<TableCheck> ofGrid() {
        return List.of(
                new TableCheck(
                        GridTables.SCHEMA,
                        "grid",
                        columns("grid_id", "uuid", "shard", "text", "made_at", "timestamp with time zone"),
                        List.of("SELECT")),
                new TableCheck(
                        GridTables.SCHEMA,
                        "shard_map",
                        columns("shard", "text", "partition_count", "smallint", "partitions", "smallint[]"),
                        List.of("SELECT")));
    }

    static TableCheck of(GridMapConfig map) {
        return new TableCheck(
                map.schema(),
                "entries",
                columns(
                        "key", "text",
                        "partition", "smallint",
                        "value", map.valueFormat().columnType(),
                        "not_before", "bigint",
                        "attempts", "bigint[]",
                        "written_at", "timestamp with time zone"),
                List.of("SELECT", "INSERT", "UPDATE", "DELETE"));
    }

    private static Map<String, String> columns(String... namesAndTypes) {
        Map<String, String> columns = new LinkedHashMap<>();
        for (int name = 0; name < namesAndTypes.length; name += 2) {
            columns.put(namesAndTypes[name], namesAndTypes[name + 1]);
        }
        return columns;
    }
}
