package io.throughline.localpostgres.replication;

import io.throughline.localpostgres.LocalShardsConfig;
import io.throughline.localpostgres.Role;
import io.throughline.localpostgres.binaries.Platform;
import io.throughline.localpostgres.folder.NodeRecord;
import io.throughline.localpostgres.folder.ShardRecord;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;

/** The settings of a node, worked out from what it is to its shard. */
final class NodeSettings {

    /** Loopback only, and a password for everyone. */
    static final String HOST_RULES = """
            # type  database     user        address       method
            host    all          all         127.0.0.1/32  scram-sha-256
            host    replication  replicator  127.0.0.1/32  scram-sha-256
            """;

    /** What follows the name of a node that streams and does not count. */
    static final String CLONING = "_cloning";

    private NodeSettings() {}

    /** The name under which a node streams and its primary keeps WAL for it. */
    static String slot(String node) {
        return node.replace('-', '_');
    }

    static String text(ShardRecord shard, NodeRecord node, Path passfile, LocalShardsConfig config, Platform platform) {
        Map<String, String> settings = new LinkedHashMap<>();
        settings.put("listen_addresses", Site.HOST);
        settings.put("unix_socket_directories", "");
        settings.put("port", Integer.toString(node.port()));
        settings.put("cluster_name", shard.name() + "/" + node.name());
        durability(settings, platform);
        replication(settings, shard, node, passfile, config);
        memory(settings);
        settings.putAll(config.settings());
        return settings.entrySet().stream()
                .map(setting -> setting.getKey() + " = '" + setting.getValue().replace("'", "''") + "'\n")
                .collect(Collectors.joining("", "# Written at each start; change nothing here.\n", ""));
    }

    private static void durability(Map<String, String> settings, Platform platform) {
        settings.put("fsync", "on");
        settings.put("full_page_writes", "on");
        // After a kill the files of a server are forced to disk: 1,000 one by one, or all with one call.
        settings.put("recovery_init_sync_method", platform.linux() ? "syncfs" : "fsync");
        settings.put("synchronous_commit", "on");
        settings.put("wal_level", "replica");
        // A third of the WAL for 7 % of the rate; the binaries have neither lz4 nor zstd.
        settings.put("wal_compression", "pglz");
        // A page's first change after a checkpoint is written whole, so checkpoints are kept far apart.
        settings.put("checkpoint_timeout", "15min");
        settings.put("max_wal_size", "1GB");
        settings.put("min_wal_size", "160MB");
        settings.put("wal_buffers", "16MB");
    }

    private static void replication(
            Map<String, String> settings, ShardRecord shard, NodeRecord node, Path passfile, LocalShardsConfig config) {
        // On standbys as well: it is then in force before the first commit after a promotion, with nothing to reload.
        settings.put("synchronous_standby_names", synchronousStandbys(shard, node, config));
        settings.put("primary_conninfo", node.role() == Role.PRIMARY ? "" : conninfo(shard, node, passfile));
        settings.put("primary_slot_name", node.role() == Role.PRIMARY ? "" : slot(node.name()));
        settings.put("hot_standby", "on");
        settings.put("max_wal_senders", "10");
        settings.put("max_replication_slots", "10");
        // A new primary has no slots from before, so it keeps some WAL for the standby that comes over to it.
        settings.put("wal_keep_size", "64MB");
        // A standby that stays away is cloned anew; its WAL must not fill the disk.
        settings.put("max_slot_wal_keep_size", "4GB");
        settings.put("wal_retrieve_retry_interval", "200ms");
        settings.put("wal_receiver_status_interval", "1s");
        settings.put("wal_receiver_timeout", "10s");
        settings.put("wal_sender_timeout", "10s");
        settings.put("max_standby_streaming_delay", "5s");
    }

    /** All other nodes: whoever is not fit to count streams under a name that stands in no list. */
    private static String synchronousStandbys(ShardRecord shard, NodeRecord node, LocalShardsConfig config) {
        return shard.nodes().stream()
                .filter(other -> !other.name().equals(node.name()))
                .map(other -> slot(other.name()))
                .collect(Collectors.joining(", ", "ANY " + config.synchronous().copies() + " (", ")"));
    }

    private static String conninfo(ShardRecord shard, NodeRecord node, Path passfile) {
        String name = node.role() == Role.STALE ? slot(node.name()) + CLONING : slot(node.name());
        String quoted = passfile.toString().replace("\\", "\\\\").replace("'", "\\'");
        return "host=" + Site.HOST + " port=" + shard.primary().port() + " user=replicator passfile='" + quoted
                + "' application_name=" + name + " connect_timeout=2 sslmode=disable gssencmode=disable";
    }

    private static void memory(Map<String, String> settings) {
        // Six servers on one machine: the rows in use fit, and the system's cache has the rest.
        settings.put("shared_buffers", "32MB");
        settings.put("max_connections", "200");
        settings.put("work_mem", "4MB");
        settings.put("maintenance_work_mem", "32MB");
        settings.put("max_parallel_workers", "0");
        settings.put("max_parallel_workers_per_gather", "0");
        settings.put("max_logical_replication_workers", "0");
        settings.put("autovacuum_max_workers", "1");
        settings.put("autovacuum_worker_slots", "2");
        // The default starts three more processes for each server.
        settings.put("io_method", "sync");
        settings.put("jit", "off");
        settings.put("huge_pages", "off");
        settings.put("timezone", "UTC");
        settings.put("log_timezone", "UTC");
        settings.put("log_line_prefix", "%m [%p] %q%u@%d ");
        settings.put("log_checkpoints", "off");
        settings.put("default_text_search_config", "pg_catalog.english");
    }
}
