package io.throughline.member;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.hazelcast.map.IMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@ExtendWith(SharedGrid.Once.class)
class MetricsTest {

    private final SharedGrid grid;

    MetricsTest(SharedGrid grid) {
        this.grid = grid;
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "jvm_memory_used_bytes",
                "jvm_gc_memory_allocated_bytes_total",
                "jvm_threads_live_threads",
                "process_cpu_usage",
                "process_files_open_files",
                "process_uptime_seconds",
                "hikaricp_connections_active",
                "throughline_cluster_members",
                "throughline_partitions_owned",
                "throughline_map_entries_owned",
                "throughline_map_entries_backup",
                "throughline_map_hits",
                "throughline_map_puts_total",
                "throughline_shard_writable",
                "throughline_shard_standbys_synchronous",
                "throughline_batch_rows_count",
                "throughline_commit_seconds_count"
            })
    void a_scrape_has(String name) {
        assertThat(grid.metrics(1).has(name, "member=\"member-1\"")).isTrue();
    }

    @Test
    void the_members_own_all_partitions_between_them() {
        double owned = IntStream.rangeClosed(1, 3)
                .mapToDouble(number -> grid.metrics(number).sum("throughline_partitions_owned"))
                .sum();

        assertThat(owned).isEqualTo(271);
        assertThat(grid.metrics(1).sum("throughline_cluster_members")).isEqualTo(3);
    }

    @Test
    void each_shards_replication_shows() {
        Scrape scrape = grid.metrics(2);

        for (String shard : new String[] {"shard=\"shard-1\"", "shard=\"shard-2\""}) {
            assertThat(scrape.sum("throughline_shard_writable", shard)).isEqualTo(1);
            assertThat(scrape.sum("throughline_shard_standbys_streaming", shard))
                    .isEqualTo(2);
            assertThat(scrape.sum("throughline_shard_standbys_synchronous", shard))
                    .isEqualTo(2);
        }
    }

    @Test
    void puts_and_batches_are_counted() {
        double putsBefore = grid.everywhere("throughline_map_puts_total", "map=\"kv\"");
        double rowsBefore = grid.everywhere("throughline_batch_rows_sum", "shard=");
        IMap<String, String> kv = grid.client().getMap("kv");

        for (int i = 0; i < 20; i++) {
            kv.set(grid.freshKey(), "v");
        }

        await().untilAsserted(() -> assertThat(grid.everywhere("throughline_map_puts_total", "map=\"kv\"") - putsBefore)
                .isEqualTo(20));
        assertThat(grid.everywhere("throughline_batch_rows_sum", "shard=") - rowsBefore)
                .isEqualTo(20);
    }
}
