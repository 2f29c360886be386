package io.throughline.mapstore.config;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Reads {@code shards}. */
final class ShardsReader {

    private static final int MOST_SHARDS = 64;
    private static final int MOST_HOSTS = 9;

    private static final String REMEDY =
            "list the primary and its standbys, such as [\"db1:5432\", \"db2:5432\", \"db3:5432\"]";

    private final Map<String, String> shardByHost = new HashMap<>();

    List<ShardConfig> read(Section root) {
        List<ShardConfig> shards = new ArrayList<>();
        root.named("shards", "shard", Forms.SHARD).forEach((name, section) -> shards.add(shard(name, section)));
        if (shards.size() > MOST_SHARDS) {
            root.problem(
                    "shards",
                    "names " + shards.size() + " shards; " + MOST_SHARDS + " at most, as every member"
                            + " holds a pool of connections to each");
        }
        return shards;
    }

    private ShardConfig shard(String name, Section section) {
        ShardConfig shard = new ShardConfig(name, hosts(section, name));
        section.refuseUnknownKeys();
        return shard;
    }

    private List<HostAndPort> hosts(Section section, String shard) {
        List<Section.Item> items = section.items("hosts", REMEDY);
        if (items.size() > MOST_HOSTS) {
            section.problem(
                    "hosts",
                    "names " + items.size() + " hosts; " + MOST_HOSTS
                            + " at most, as each is tried in turn when the primary is looked for");
        }
        List<HostAndPort> hosts = new ArrayList<>();
        items.forEach(item -> host(item, shard, hosts));
        return hosts;
    }

    private void host(Section.Item item, String shard, List<HostAndPort> hosts) {
        try {
            HostAndPort host = HostSyntax.parse(item.text());
            String other = shardByHost.putIfAbsent(host.toString().toLowerCase(Locale.ROOT), shard);
            if (other != null) {
                item.problem(host + " is listed "
                        + (other.equals(shard) ? "twice" : "for " + other + " too; a node belongs to one shard"));
            }
            hosts.add(host);
        } catch (IllegalArgumentException e) {
            item.problem(String.valueOf(e.getMessage()));
        }
    }
}
