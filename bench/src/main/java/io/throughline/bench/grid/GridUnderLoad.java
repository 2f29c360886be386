package io.throughline.bench.grid;

import io.throughline.mapstore.config.GridConfig;
import java.util.List;

/**
 * Where a grid is.
 *
 * @param members {@code host:port} of each
 * @param healthUrls base URLs of the members' health and metrics, as far as they are known
 * @param config whose shards the rows are compared on
 * @param client what loads it
 */
public record GridUnderLoad(
        String cluster, List<String> members, List<String> healthUrls, GridConfig config, LoadingClient client) {

    public GridUnderLoad {
        members = List.copyOf(members);
        healthUrls = List.copyOf(healthUrls);
    }
}
