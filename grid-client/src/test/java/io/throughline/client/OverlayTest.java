package io.throughline.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.hazelcast.map.IMap;
import io.throughline.member.SharedGrid;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(SharedGrid.Once.class)
class OverlayTest {

    /** A lock holds up the attempt and then the eviction, as an owner does that hangs in the middle of a store. */
    @Test
    void a_key_is_read_from_its_shard_until_its_eviction_was_answered_and_for_one_time_to_live_after(SharedGrid grid) {
        try (TestClient client =
                TestClient.of(grid, "fallback: {overlay: 1s}\n").warmUp(grid)) {
            ResilientMap<String> kv = client.kv();
            IMap<String, String> owner = grid.client().getMap("kv");
            String key = grid.freshKey();
            owner.lock(key);
            assertThat(kv.put(key, "new")).isEqualTo(ServedBy.SHARD);
            long written = System.nanoTime();
            await().until(() ->
                    System.nanoTime() - written > Duration.ofMillis(1_500).toNanos());
            // What such an owner does when it wakes, before it gets to the eviction.
            owner.putTransient(key, "old", 1, TimeUnit.MINUTES);
            assertThat(owner.get(key)).isEqualTo("old");
            assertThat(kv.get(key)).isEqualTo(new Reading<>("new", ServedBy.SHARD));

            owner.unlock(key);
            await().until(() -> "new".equals(owner.get(key)));
            assertThat(kv.get(key)).isEqualTo(new Reading<>("new", ServedBy.SHARD));
            await().atMost(Duration.ofSeconds(5)).until(() -> kv.get(key).equals(new Reading<>("new", ServedBy.CACHE)));
        }
    }
}
