package io.throughline.mapstore.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.throughline.mapstore.config.GridConfig;
import io.throughline.mapstore.fixture.GridDatabase;
import io.throughline.mapstore.fixture.SharedShards;
import io.throughline.mapstore.schema.SchemaMigration;
import io.throughline.mapstore.shard.ShardConnections;
import io.throughline.mapstore.shard.ShardPool;
import io.throughline.mapstore.statement.MapTable;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(SharedShards.class)
class TombstonePurgeTest {

    @Test
    void old_tombstones_go_and_nothing_else_does(GridDatabase database) {
        GridConfig config = database.config();
        SchemaMigration.migrate(config);
        // Enough rows for several slices of the table.
        database.execute("shard-1", """
                INSERT INTO blobs.entries (key, partition, value, written_at)
                SELECT 'filler-' || n, 1, decode(repeat(md5(n::text), 60), 'hex'), now() - interval '2 hours'
                FROM generate_series(1, 20000) AS n;
                INSERT INTO blobs.entries (key, partition, value, attempts, written_at)
                SELECT 'old-' || n, 1, NULL, ARRAY[n], now() - interval '61 minutes' FROM generate_series(1, 50) AS n;
                INSERT INTO blobs.entries (key, partition, value, attempts, written_at)
                SELECT 'young-' || n, 1, NULL, ARRAY[n], now() - interval '59 minutes' FROM generate_series(1, 50) AS n""");
        try (ShardPool pool = pool(config);
                TombstonePurge purge = new TombstonePurge(
                        List.of(pool),
                        config.maps().stream().map(MapTable::of).toList(),
                        Duration.ofHours(1),
                        () -> true)) {
            assertThat(purge.purge()).isEqualTo(50);
            assertThat(purge.purge()).isZero();
        }
        assertThat(database.query("shard-1", "SELECT count(*) FROM blobs.entries WHERE key LIKE 'young-%'"))
                .containsExactly("50");
        assertThat(database.query("shard-1", "SELECT count(*) FROM blobs.entries WHERE key LIKE 'filler-%'"))
                .containsExactly("20000");
    }

    private static ShardPool pool(GridConfig config) {
        ShardConnections connections = new ShardConnections(
                config.database().name(), config.database().credentials(), config.connections(), "test");
        return new ShardPool(
                "shard-1",
                connections.primaryOf(config.shards().get(0)),
                1,
                1,
                Duration.ofSeconds(2),
                new SimpleMeterRegistry());
    }
}
