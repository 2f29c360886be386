package io.throughline.mapstore.config;

import static java.util.stream.Collectors.joining;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Reads {@code maps}. */
final class MapsReader {

    private static final int MIB = 1024 * 1024;
    private static final Bounds<Integer> MAX_VALUE_BYTES = new Bounds<>(
            MIB, 1, 64 * MIB, "a value is in memory on three members and travels in one statement with others");

    private final Map<String, String> mapBySchema = new HashMap<>();

    List<GridMapConfig> read(Section root) {
        List<GridMapConfig> maps = new ArrayList<>();
        root.named("maps", "map", Forms.MAP).forEach((name, section) -> maps.add(map(name, section)));
        return maps;
    }

    private GridMapConfig map(String name, Section section) {
        ValueFormat format = valueFormat(section);
        String schema = schema(section, name);
        int maxValueBytes = section.number("max-value-bytes", MAX_VALUE_BYTES);
        section.refuseUnknownKeys();
        return new GridMapConfig(name, format, schema, maxValueBytes);
    }

    private static ValueFormat valueFormat(Section section) {
        Form form = Form.of(formats("|"), formats(", "));
        if (!section.has("value-format")) {
            section.problem("value-format", "is missing; expected: " + formats(", "));
        }
        return section.text("value-format", form)
                .map(text -> ValueFormat.valueOf(text.toUpperCase(Locale.ROOT)))
                .orElse(ValueFormat.TEXT);
    }

    private static String formats(String separator) {
        return Arrays.stream(ValueFormat.values())
                .map(format -> format.name().toLowerCase(Locale.ROOT))
                .collect(joining(separator));
    }

    private String schema(Section section, String map) {
        Optional<String> given = section.text("schema", Forms.SCHEMA);
        if (!section.has("schema") && Forms.MAP.allows(map) && !Forms.SCHEMA.allows(map)) {
            section.problem(
                    "schema",
                    "is missing, and the map's name can't stand in for it; expected: " + Forms.SCHEMA.rule()
                            + "; for example schema: " + suggestion(map));
        }
        String schema = given.orElse(map);
        String other = mapBySchema.putIfAbsent(schema, map);
        if (other != null) {
            section.problem(
                    "schema",
                    "is " + schema + ", which is the schema of map " + other
                            + " already; each map needs a schema of its own");
        }
        return schema;
    }

    private static String suggestion(String map) {
        String plain = map.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9_]", "_");
        String prefixed = Forms.SCHEMA.allows(plain) ? plain : "map_" + plain;
        return prefixed.substring(0, Math.min(63, prefixed.length()));
    }
}
