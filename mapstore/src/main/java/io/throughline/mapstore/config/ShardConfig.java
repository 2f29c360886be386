package io.throughline.mapstore.config;

import java.util.List;

/**
 * @param hosts the primary and its standbys, in any order: whichever is primary is found at each connect
 */
public record ShardConfig(String name, List<HostAndPort> hosts) {

    public ShardConfig {
        hosts = List.copyOf(hosts);
    }
}
