package io.throughline.containers;

import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** Three database nodes, of which Patroni makes one the primary. */
record Shard(String name, List<Node> nodes) {

    Node primary() {
        return nodes.stream()
                .filter(Shard::isPrimary)
                .findFirst()
                .orElseThrow(() -> new IllegalStateException(name + " has no primary"));
    }

    List<Node> standbys() {
        return nodes.stream().filter(Predicate.not(Shard::isPrimary)).toList();
    }

    private static boolean isPrimary(Node node) {
        return node.answers(8008, "/primary");
    }

    /** What a node's table has of the keys that begin so. */
    static Map<String, String> rows(Node node, String prefix) {
        return node.query("SELECT key, value FROM kv.entries WHERE key LIKE '" + prefix + "%'")
                .lines()
                .map(line -> line.split("\t", 2))
                .collect(Collectors.toMap(row -> row[0], row -> row[1]));
    }
}
