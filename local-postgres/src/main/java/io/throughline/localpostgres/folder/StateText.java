package io.throughline.localpostgres.folder;

import io.throughline.localpostgres.Role;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** The state as lines of {@code key = value}, and back. */
final class StateText {

    private static final String FORMAT = "1";

    private StateText() {}

    static String write(String postgresVersion, List<ShardRecord> shards) {
        StringBuilder text =
                new StringBuilder("# Who is primary stands here. Throughline writes it; change nothing.\n");
        line(text, "format", FORMAT);
        line(text, "postgres", postgresVersion);
        for (ShardRecord shard : shards) {
            line(text, shard.name() + ".made", Boolean.toString(shard.made()));
            line(text, shard.name() + ".reign", Integer.toString(shard.reign()));
            line(text, shard.name() + ".floor", shard.floor().toString());
            for (NodeRecord node : shard.nodes()) {
                String key = shard.name() + "." + node.name();
                line(text, key + ".port", Integer.toString(node.port()));
                line(text, key + ".role", node.role().name().toLowerCase(Locale.ROOT));
            }
        }
        return text.toString();
    }

    private static void line(StringBuilder text, String key, String value) {
        text.append(key).append(" = ").append(value).append('\n');
    }

    /** @throws IllegalArgumentException where the text is not a state */
    static List<ShardRecord> read(String text) {
        Map<String, String> entries = entries(text);
        if (!FORMAT.equals(entries.get("format"))) {
            throw new IllegalArgumentException(
                    "format is " + entries.get("format") + ", but this version reads " + FORMAT);
        }
        List<ShardRecord> shards = new ArrayList<>();
        for (int number = 1; entries.containsKey("shard-" + number + ".made"); number++) {
            shards.add(shard("shard-" + number, entries));
        }
        if (shards.isEmpty()) {
            throw new IllegalArgumentException("no shard in it");
        }
        return shards;
    }

    private static Map<String, String> entries(String text) {
        Map<String, String> entries = new TreeMap<>();
        for (String line : text.lines().toList()) {
            if (line.isBlank() || line.startsWith("#")) {
                continue;
            }
            int equals = line.indexOf('=');
            if (equals < 0) {
                throw new IllegalArgumentException("no '=' in the line: " + line);
            }
            entries.put(
                    line.substring(0, equals).strip(),
                    line.substring(equals + 1).strip());
        }
        return entries;
    }

    private static ShardRecord shard(String name, Map<String, String> entries) {
        List<NodeRecord> nodes = new ArrayList<>();
        for (int number = 1; entries.containsKey(name + ".node-" + number + ".port"); number++) {
            String key = name + ".node-" + number;
            String role = need(entries, key + ".role").toUpperCase(Locale.ROOT);
            nodes.add(new NodeRecord(
                    "node-" + number, Integer.parseInt(need(entries, key + ".port")), Role.valueOf(role)));
        }
        return new ShardRecord(
                name,
                Boolean.parseBoolean(need(entries, name + ".made")),
                Integer.parseInt(need(entries, name + ".reign")),
                WalPosition.parse(need(entries, name + ".floor")),
                nodes);
    }

    private static String need(Map<String, String> entries, String key) {
        String value = entries.get(key);
        if (value == null) {
            throw new IllegalArgumentException(key + " is missing");
        }
        return value;
    }
}
