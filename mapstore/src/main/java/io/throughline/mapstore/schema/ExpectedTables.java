package io.throughline.mapstore.schema;

import io.throughline.mapstore.config.GridMapConfig;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The tables of {@code sql/}, as members use them. */
final class ExpectedTables {

    private static final List<String> READ = List.of("SELECT");
    private static final List<String> READ_AND_WRITE = List.of("SELECT", "INSERT", "UPDATE", "DELETE");

    private ExpectedTables() {}

    static List<TableCheck> ofGrid() {
        return List.of(
                new TableCheck(
                        GridTables.SCHEMA,
                        "grid",
                        columns("grid_id", "uuid", "shard", "text", "made_at", "timestamp with time zone"),
                        READ),
                new TableCheck(
                        GridTables.SCHEMA,
                        "shard_map",
                        columns("shard", "text", "partition_count", "smallint", "partitions", "smallint[]"),
                        READ),
                new TableCheck(
                        GridTables.SCHEMA,
                        "writer",
                        columns(
                                "member", "uuid",
                                "address", "text",
                                "epoch", "bigint",
                                "fenced", "boolean",
                                "fenced_by", "uuid",
                                "fenced_at", "timestamp with time zone"),
                        READ_AND_WRITE),
                new TableCheck(
                        GridTables.SCHEMA,
                        "writer_seen",
                        columns("member", "uuid", "seen_at", "timestamp with time zone"),
                        READ_AND_WRITE));
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
                READ_AND_WRITE);
    }

    private static Map<String, String> columns(String... namesAndTypes) {
        Map<String, String> columns = new LinkedHashMap<>();
        for (int name = 0; name < namesAndTypes.length; name += 2) {
            columns.put(namesAndTypes[name], namesAndTypes[name + 1]);
        }
        return columns;
    }
}
