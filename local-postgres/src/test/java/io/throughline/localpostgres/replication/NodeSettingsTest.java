package io.throughline.localpostgres.replication;

import static org.assertj.core.api.Assertions.assertThat;

import io.throughline.localpostgres.LocalShardsConfig;
import io.throughline.localpostgres.Role;
import io.throughline.localpostgres.Synchronous;
import io.throughline.localpostgres.binaries.Platform;
import io.throughline.localpostgres.folder.NodeRecord;
import io.throughline.localpostgres.folder.ShardRecord;
import io.throughline.localpostgres.folder.WalPosition;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class NodeSettingsTest {

    private static final ShardRecord SHARD = new ShardRecord(
            "shard-1",
            true,
            0,
            WalPosition.START,
            List.of(
                    new NodeRecord("node-1", 15001, Role.STALE),
                    new NodeRecord("node-2", 15002, Role.PRIMARY),
                    new NodeRecord("node-3", 15003, Role.STANDBY)));

    private static final Platform LINUX = new Platform("linux", "x86_64");

    private final LocalShardsConfig config = LocalShardsConfig.in(Path.of("grid"));

    @Test
    void every_node_names_the_two_others_so_that_a_promotion_changes_nothing() {
        assertThat(text("node-1")).contains("synchronous_standby_names = 'ANY 1 (node_2, node_3)'");
        assertThat(text("node-2")).contains("synchronous_standby_names = 'ANY 1 (node_1, node_3)'");
        assertThat(text("node-3")).contains("synchronous_standby_names = 'ANY 1 (node_1, node_2)'");
    }

    @Test
    void both_standbys_must_confirm_where_that_is_chosen() {
        String text = NodeSettings.text(
                SHARD, SHARD.node("node-2"), Path.of("pass"), config.withSynchronous(Synchronous.ANY_2), LINUX);
        assertThat(text).contains("synchronous_standby_names = 'ANY 2 (node_1, node_3)'");
    }

    @Test
    void a_standby_follows_the_primary_under_its_own_name() {
        assertThat(text("node-3")).contains("port=15002").contains("application_name=node_3 ");
    }

    @Test
    void a_stale_node_follows_under_a_name_that_counts_for_no_quorum() {
        assertThat(text("node-1")).contains("application_name=node_1_cloning ");
    }

    @Test
    void a_primary_follows_no_one() {
        assertThat(text("node-2")).contains("primary_conninfo = ''\n").contains("primary_slot_name = ''\n");
    }

    @Test
    void what_the_user_sets_wins() {
        String text = NodeSettings.text(
                SHARD, SHARD.node("node-2"), Path.of("pass"), config.withSetting("max_connections", "400"), LINUX);
        assertThat(text).contains("max_connections = '400'\n").doesNotContain("max_connections = '200'");
    }

    @Test
    void quotes_in_paths_and_values_are_kept() {
        String text = NodeSettings.text(
                SHARD,
                SHARD.node("node-3"),
                Path.of("/it's/here"),
                config.withSetting("log_line_prefix", "'quoted' "),
                LINUX);
        assertThat(text).contains("passfile=''/it\\''s/here''").contains("log_line_prefix = '''quoted'' '");
    }

    private String text(String node) {
        return NodeSettings.text(SHARD, SHARD.node(node), Path.of("pass"), config, LINUX);
    }
}
