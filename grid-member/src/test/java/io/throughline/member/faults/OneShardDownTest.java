package io.throughline.member.faults;

import static org.assertj.core.api.Assertions.assertThat;

import com.hazelcast.map.IMap;
import io.throughline.localpostgres.Node;
import io.throughline.member.SharedGrid;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Without a partition for each shard (a hash of our own), or with Hazelcast's 16 store threads, the healthy shard's puts
 * wait for seconds behind the sick one's.
 */
@ExtendWith(SharedGrid.Once.class)
class OneShardDownTest {

    private static final int STUCK = 100;

    private final SharedGrid grid;

    OneShardDownTest(SharedGrid grid) {
        this.grid = grid;
    }

    @AfterEach
    void restore() {
        grid.restore();
    }

    @Test
    void a_stopped_shard_delays_its_own_partitions_only() throws Exception {
        IMap<String, String> kv = grid.client().getMap("kv");
        List<String> healthy = grid.freshKeysOn("shard-1", 200);
        List<String> sick = grid.freshKeysOn("shard-2", STUCK);
        median(kv, healthy);
        long before = median(kv, healthy);

        grid.shards().shard("shard-2").nodes().forEach(grid.shards()::pause);
        List<CompletableFuture<Void>> waiting = new ArrayList<>();
        sick.forEach(key -> waiting.add(kv.setAsync(key, "waited").toCompletableFuture()));
        long during = median(kv, healthy);
        assertThat(waiting).as("the stopped shard's own puts wait").noneMatch(CompletableFuture::isDone);
        System.out.println("median put+get in µs, before " + before + ", with the other shard stopped " + during);
        assertThat(during).as("microseconds; they were %d before", before).isLessThan(20 * before + 50_000);

        for (Node node : grid.shards().shard("shard-2").nodes()) {
            grid.shards().resume(node);
        }
        for (CompletableFuture<Void> put : waiting) {
            put.get(30, TimeUnit.SECONDS);
        }
        for (String key : sick) {
            assertThat(grid.sqlOf(key).one("SELECT value FROM kv.entries WHERE key = ?", key))
                    .isEqualTo("waited");
        }
    }

    /** In microseconds, of a put and its get. */
    private static long median(IMap<String, String> kv, List<String> keys) {
        List<Long> micros = new ArrayList<>();
        for (String key : keys) {
            long begin = System.nanoTime();
            kv.set(key, "v");
            assertThat(kv.get(key)).isEqualTo("v");
            micros.add(TimeUnit.NANOSECONDS.toMicros(System.nanoTime() - begin));
        }
        micros.sort(null);
        return micros.get(micros.size() / 2);
    }
}
