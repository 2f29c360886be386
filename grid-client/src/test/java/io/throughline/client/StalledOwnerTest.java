package io.throughline.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.hazelcast.map.IMap;
import io.throughline.member.MemberProcess;
import io.throughline.member.SharedGrid;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A member that hangs, as the resilient map meets it. */
@ExtendWith(SharedGrid.Once.class)
class StalledOwnerTest {

    private static final Duration CACHE_TIMEOUT = Duration.ofMillis(250);
    private static final Duration STALL = Duration.ofSeconds(10);
    private static final int PUTS_A_SECOND = 500;
    private static final int KEYS = 200;

    private final SharedGrid grid;
    private TestClient client;
    private ResilientMap<String> kv;

    StalledOwnerTest(SharedGrid grid) {
        this.grid = grid;
    }

    @BeforeEach
    void open() {
        client = TestClient.of(grid);
        kv = client.kv();
        client.warmUp(grid);
    }

    @AfterEach
    void close() {
        client.close();
        grid.restore();
    }

    private List<String> keysOf(MemberProcess owner, int count) {
        return Stream.generate(grid::freshKey)
                .filter(key -> grid.ownerOf(key).equals(owner))
                .limit(count)
                .toList();
    }

    @Test
    void the_first_puts_cost_the_timeout_and_the_others_next_to_nothing() {
        MemberProcess owner = grid.member(2);
        List<String> keys = keysOf(owner, 300);
        owner.pause();
        List<Long> first = new ArrayList<>();
        List<Long> later = new ArrayList<>();
        for (String key : keys) {
            long begun = System.nanoTime();
            assertThat(kv.put(key, "v")).isEqualTo(ServedBy.SHARD);
            long millis = (System.nanoTime() - begun) / 1_000_000;
            (millis >= CACHE_TIMEOUT.toMillis() ? first : later).add(millis);
        }
        // Three failures for each shard, and single probes from then on.
        assertThat(first).hasSizeBetween(6, 30);
        assertThat(median(first)).isLessThanOrEqualTo(CACHE_TIMEOUT.toMillis() + 50);
        assertThat(median(later)).isLessThanOrEqualTo(20);
        owner.resume();
        await().atMost(Duration.ofSeconds(30))
                .untilAsserted(() -> assertThat(kv.put(keys.get(0), "w"))
                        .as("probed, and asked again by itself")
                        .isEqualTo(ServedBy.CACHE));
    }

    @Test
    void a_client_that_closes_in_the_middle_of_it_tells_each_put_its_outcome() throws Exception {
        MemberProcess owner = grid.member(2);
        List<String> keys = keysOf(owner, 100);
        owner.pause();
        List<CompletableFuture<ServedBy>> puts = new ArrayList<>();
        keys.forEach(key -> puts.add(kv.putAsync(key, "v").toCompletableFuture()));
        client.grid().close();
        for (CompletableFuture<ServedBy> put : puts) {
            assertThat(put.get(5, TimeUnit.SECONDS)).isEqualTo(ServedBy.SHARD);
        }
    }

    private static long median(List<Long> values) {
        return values.stream().sorted().skip(values.size() / 2).findFirst().orElseThrow();
    }

    @Test
    void no_put_fails_while_an_owner_stalls_and_no_key_goes_back_when_it_wakes() {
        List<String> keys =
                IntStream.range(0, KEYS).mapToObj(number -> grid.freshKey()).toList();
        try (Writers writers = Writers.start(kv, keys, PUTS_A_SECOND)) {
            await().until(() -> writers.written() > KEYS);
            grid.member(2).pause();
            long until = System.nanoTime() + STALL.toNanos();
            await().atMost(STALL.plusSeconds(5)).until(() -> System.nanoTime() > until);
            grid.restore(); // wakes it, and starts it again where it has been fenced
            writers.stop();
            System.out.println("stalled for 10 s at " + PUTS_A_SECOND + " puts/s: " + writers.written()
                    + " puts, slowest " + writers.slowestMillis() + " ms, failed "
                    + writers.failures().size());
            assertThat(writers.failures()).isEmpty();
            assertThat(writers.readsThatWentBack()).isEmpty();
            // What the generator could not start in time, as a put on the same key was under way.
            assertThat(writers.written()).isGreaterThan(STALL.toSeconds() * PUTS_A_SECOND / 2);
            assertNothingWentBack(writers.last());
        }
    }

    private void assertNothingWentBack(Map<String, String> last) {
        Map<String, Object> rows = new TreeMap<>();
        last.keySet()
                .forEach(key -> rows.put(key, grid.sqlOf(key).one("SELECT value FROM kv.entries WHERE key = ?", key)));
        assertThat(rows).isEqualTo(new TreeMap<>(last));
        IMap<String, String> plain = grid.client().getMap("kv");
        await().atMost(Duration.ofSeconds(10))
                .untilAsserted(() ->
                        assertThat(new TreeMap<>(plain.getAll(last.keySet()))).isEqualTo(new TreeMap<>(last)));
    }
}
