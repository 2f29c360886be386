package io.throughline.localpostgres;

import java.util.List;

/** A primary and its standbys as they were when they were looked at. */
public record Shard(String name, List<Node> nodes) {

    public Shard {
        nodes = List.copyOf(nodes);
    }

    /** All nodes as {@code host:port}, for {@code hosts} in throughline.yaml. The order never changes. */
    public List<String> hosts() {
        return nodes.stream().map(Node::address).toList();
    }

    public Node primary() {
        return nodes.stream()
                .filter(node -> node.role() == Role.PRIMARY)
                .findFirst()
                .orElseThrow();
    }

    public List<Node> standbys() {
        return nodes.stream().filter(node -> node.role() == Role.STANDBY).toList();
    }

    public Node node(String name) {
        return nodes.stream()
                .filter(node -> node.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(this.name + " has no node named " + name));
    }
}
