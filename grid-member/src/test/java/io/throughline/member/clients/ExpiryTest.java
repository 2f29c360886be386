package io.throughline.member.clients;

import static org.assertj.core.api.Assertions.assertThat;

import com.hazelcast.map.IMap;
import io.throughline.member.SharedGrid;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Memory holds an entry for its time to live; the shard keeps the row, and a read refills memory from it. */
@ExtendWith(SharedGrid.Once.class)
class ExpiryTest {

    private final SharedGrid grid;
    private final IMap<String, String> kv;
    private final Rows rows;
    private final String key;

    ExpiryTest(SharedGrid grid) {
        this.grid = grid;
        this.kv = grid.client().getMap("kv");
        this.rows = new Rows(grid);
        this.key = grid.freshKey();
    }

    @Test
    void after_the_ttl_a_get_refills() {
        kv.set(key, "put");
        long written = System.nanoTime();
        rows.overwrite("kv", key, "changed by SQL");

        assertThat(trafficOfAGet("put")).as("memory serves it").isEqualTo(new Traffic(0, 0));
        Memory.awaitGone(kv, key);
        // Hazelcast keeps time in whole seconds.
        assertThat(System.nanoTime() - written)
                .isBetween(
                        Memory.TTL.minusSeconds(1).toNanos(),
                        Memory.TTL.plusSeconds(3).toNanos());

        assertThat(trafficOfAGet("changed by SQL")).as("the shard serves it").isEqualTo(new Traffic(0, 1));
        assertThat(trafficOfAGet("changed by SQL")).as("memory again").isEqualTo(new Traffic(0, 0));
        assertThat(kv.getEntryView(key).getTtl())
                .as("what was refilled expires as well")
                .isEqualTo(Memory.TTL.toMillis());
    }

    private Traffic trafficOfAGet(String expected) {
        return Traffic.during(grid, () -> assertThat(kv.get(key)).isEqualTo(expected));
    }

    @Test
    void an_entrys_own_ttl_ends_its_time_in_memory_and_not_its_row() {
        kv.set(key, "short", 1, TimeUnit.SECONDS);

        Memory.awaitGone(kv, key);
        rows.assertRow("kv", key, "short");
        assertThat(kv.get(key)).isEqualTo("short");
    }

    @Test
    void put_transient_is_forgotten_with_its_ttl() {
        kv.set(key, "kept");
        kv.putTransient(key, "forgotten", 1, TimeUnit.SECONDS);

        assertThat(kv.get(key)).isEqualTo("forgotten");
        rows.assertRow("kv", key, "kept");
        Memory.awaitGone(kv, key);
        assertThat(kv.get(key)).isEqualTo("kept");
    }

    @Test
    void a_locked_entry_stays_until_it_is_unlocked() {
        kv.set(key, "locked", 1, TimeUnit.SECONDS);
        kv.lock(key);
        try {
            String other = grid.freshKey();
            kv.set(other, "not locked", 2, TimeUnit.SECONDS);
            Memory.awaitGone(kv, other);
            assertThat(Memory.holds(kv, key)).isTrue();
        } finally {
            kv.unlock(key);
        }
        Memory.awaitGone(kv, key);
        assertThat(kv.get(key)).isEqualTo("locked");
    }
}
