package io.throughline.containers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.hazelcast.map.IMap;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(ComposeGrid.Once.class)
class DurabilityIT {

    private static final Duration WAITS_FOR = Duration.ofSeconds(3);

    private final ComposeGrid grid;
    private final IMap<String, String> kv;

    DurabilityIT(ComposeGrid grid) {
        this.grid = grid;
        this.kv = grid.kv();
    }

    @Test
    void what_was_put_is_read_again_and_is_a_row_on_its_shards_primary_and_standbys() {
        String prefix = grid.freshPrefix();
        List<String> keys =
                IntStream.range(0, 50).mapToObj(number -> prefix + number).toList();

        keys.forEach(key -> kv.put(key, "value of " + key));

        assertThat(keys).allSatisfy(key -> assertThat(kv.get(key)).isEqualTo("value of " + key));
        for (Shard shard : grid.shards()) {
            Map<String, String> rows = Shard.rows(shard.primary(), prefix);
            assertThat(rows).isNotEmpty();
            shard.standbys()
                    .forEach(standby -> await().untilAsserted(() ->
                            assertThat(Shard.rows(standby, prefix)).isEqualTo(rows)));
        }
    }

    @Test
    void a_put_does_not_return_before_a_standby_has_it() throws Exception {
        Shard shard = grid.shards().get(0);
        String key = keyOn(shard);
        Node primary = shard.primary();
        List<Node> standbys = shard.standbys();
        try {
            standbys.forEach(Node::pause);
            CompletableFuture<Void> put = kv.setAsync(key, "new").toCompletableFuture();

            await().during(WAITS_FOR).atMost(WAITS_FOR.plusSeconds(1)).until(() -> !put.isDone());
            assertThat(Shard.rows(primary, key)).containsEntry(key, "old");

            standbys.get(1).resume();
            put.get(20, TimeUnit.SECONDS);
            assertThat(Shard.rows(primary, key)).containsEntry(key, "new");
            await().untilAsserted(
                            () -> assertThat(Shard.rows(standbys.get(1), key)).containsEntry(key, "new"));
        } finally {
            standbys.forEach(Node::resume);
        }
    }

    /** Which shard has a key is seen from outside by its row only. */
    private String keyOn(Shard shard) {
        String prefix = grid.freshPrefix();
        IntStream.range(0, 20).forEach(number -> kv.set(prefix + number, "old"));
        return Shard.rows(shard.primary(), prefix).keySet().iterator().next();
    }
}
