package io.throughline.bench.peers;

import io.throughline.mapstore.config.GridConfig;
import io.throughline.mapstore.config.HostAndPort;
import java.util.stream.Collectors;

/** A shard's primary, as the driver's URL names it. Stateless. */
public final class ShardUrl {

    private ShardUrl() {}

    public static String of(GridConfig grid, int shard) {
        return grid.shards().get(shard).hosts().stream()
                .map(HostAndPort::toString)
                .collect(Collectors.joining(
                        ",", "jdbc:postgresql://", "/" + grid.database().name() + "?targetServerType=primary"));
    }
}
