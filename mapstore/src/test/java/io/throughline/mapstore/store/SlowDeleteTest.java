package io.throughline.mapstore.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.hazelcast.core.HazelcastInstance;
import com.hazelcast.map.IMap;
import io.throughline.mapstore.fixture.EmbeddedGrid;
import io.throughline.mapstore.fixture.GridDatabase;
import io.throughline.mapstore.fixture.HeldRow;
import io.throughline.mapstore.fixture.SharedShards;
import java.time.Duration;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Found by the torture while primaries were replaced: Hazelcast's own delete ends in a NullPointerException. */
@ExtendWith(SharedShards.class)
class SlowDeleteTest {

    private static final String SHARD = "shard-1";

    @Test
    void a_delete_whose_entry_expires_meanwhile_succeeds(GridDatabase database) throws Exception {
        try (EmbeddedGrid grid = EmbeddedGrid.start(database, 1)) {
            HazelcastInstance client = grid.newClient();
            IMap<String, String> kv = client.getMap("kv");
            String key = grid.keyOn(grid.member(0), SHARD);
            kv.set(key, "value");
            try (HeldRow held = HeldRow.of(database, SHARD, key)) {
                CompletionStage<Boolean> delete = kv.deleteAsync(key);
                await().atMost(Duration.ofSeconds(30))
                        .until(() -> grid.kv().getLocalMapStats().getOwnedEntryCount() == 0);
                assertThat(delete.toCompletableFuture()).isNotDone();
                held.letGo();
                delete.toCompletableFuture().get(20, TimeUnit.SECONDS);
            }
            assertThat(kv.get(key)).isNull();
            assertThat(database.query(
                            SHARD, "SELECT key FROM kv.entries WHERE key = '" + key + "' AND value IS NOT NULL"))
                    .isEmpty();
            client.shutdown();
        }
    }
}
