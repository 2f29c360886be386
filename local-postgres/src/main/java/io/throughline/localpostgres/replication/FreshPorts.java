package io.throughline.localpostgres.replication;

import io.throughline.localpostgres.folder.FreePorts;
import io.throughline.localpostgres.folder.NodeRecord;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Moves a node whose port another program has taken to a free one, a few times. Ports that the user fixed stay. Two
 * grids that run by turns would otherwise block each other: each chose the same ports while the other was down.
 */
final class FreshPorts {

    private static final int MOST_MOVES = 5;

    private final Site site;
    private final String shard;
    private final String node;
    private int moves;

    FreshPorts(Site site, String shard, String node) {
        this.site = site;
        this.shard = shard;
        this.node = node;
    }

    /** @return whether it has another port now */
    boolean move() {
        if (!site.config().ports().isEmpty() || moves == MOST_MOVES) {
            return false;
        }
        moves++;
        int taken = site.state().shard(shard).node(node).port();
        int port = choose();
        site.state().change(shard, record -> record.withPort(node, port));
        site.tell(shard + "/" + node, "port " + taken + " is taken by another program; moves to " + port);
        return true;
    }

    private int choose() {
        Set<Integer> ours = site.state().shards().stream()
                .flatMap(record -> record.nodes().stream())
                .map(NodeRecord::port)
                .collect(Collectors.toSet());
        try (FreePorts free = new FreePorts()) {
            return free.take(1, site.config().firstPort(), ours).get(0);
        }
    }
}
