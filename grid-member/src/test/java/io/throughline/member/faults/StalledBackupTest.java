package io.throughline.member.faults;

import static org.assertj.core.api.Assertions.assertThat;

import com.hazelcast.core.HazelcastInstance;
import com.hazelcast.map.IMap;
import io.throughline.member.MemberProcess;
import io.throughline.member.SharedGrid;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What a silent backup costs a plain client: its puts are slow for as long as it may stay in the list, and none fails. */
@ExtendWith(SharedGrid.Once.class)
class StalledBackupTest {

    /** A silent member is dropped after 10 s; half as much again for a busy machine. */
    private static final long SLOWEST_PUT_MILLIS = 16_000;

    private final SharedGrid grid;

    StalledBackupTest(SharedGrid grid) {
        this.grid = grid;
    }

    @AfterEach
    void restore() {
        grid.restore();
    }

    @Test
    void puts_whose_backup_stalls_are_slow_for_a_bounded_time_and_none_is_lost() throws Exception {
        MemberProcess stalled = grid.member(3);
        List<String> keys = new ArrayList<>();
        while (keys.size() < 50) {
            String key = grid.freshKey();
            if (!grid.ownerOf(key).address().equals(stalled.address())) {
                keys.add(key);
            }
        }
        HazelcastInstance client = grid.newClient();
        try {
            IMap<String, String> kv = client.getMap("kv");
            stalled.pause();
            long begin = System.nanoTime();
            Map<String, CompletableFuture<Void>> puts = new LinkedHashMap<>();
            keys.forEach(key -> puts.put(key, kv.setAsync(key, "v").toCompletableFuture()));
            for (CompletableFuture<Void> put : puts.values()) {
                put.get(60, TimeUnit.SECONDS);
            }
            long slowest = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - begin);
            System.out.println("slowest put with a stalled backup: " + slowest + " ms");
            assertThat(slowest).isLessThan(SLOWEST_PUT_MILLIS);
            for (String key : keys) {
                assertThat(grid.sqlOf(key).one("SELECT value FROM kv.entries WHERE key = ?", key))
                        .isEqualTo("v");
            }
        } finally {
            client.shutdown();
        }
    }
}
