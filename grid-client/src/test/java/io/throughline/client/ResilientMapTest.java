package io.throughline.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.hazelcast.core.HazelcastJsonValue;
import io.throughline.mapstore.GridConfigException;
import io.throughline.mapstore.RefusedException;
import io.throughline.member.SharedGrid;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;

/** The map while every member is well. */
@ExtendWith(SharedGrid.Once.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ResilientMapTest {

    private SharedGrid grid;
    private TestClient client;
    private ResilientMap<String> kv;

    @BeforeAll
    void open(SharedGrid sharedGrid) {
        grid = sharedGrid;
        // Long, so that no pause of this machine looks like a slow member.
        client = TestClient.of(grid, "fallback: {cache-timeout: 5s}\n");
        kv = client.kv();
        client.warmUp(grid);
    }

    @AfterAll
    void close() {
        client.close();
    }

    private Object row(String key) {
        return grid.sqlOf(key).one("SELECT value FROM kv.entries WHERE key = ?", key);
    }

    @Test
    void a_put_and_a_get_are_served_by_the_cache() {
        String key = grid.freshKey();
        await().untilAsserted(() -> {
            assertThat(kv.put(key, "v")).isEqualTo(ServedBy.CACHE);
            assertThat(kv.get(key)).isEqualTo(new Reading<>("v", ServedBy.CACHE));
        });
        assertThat(row(key)).isEqualTo("v");
        assertThat(grid.client().getMap("kv").get(key)).isEqualTo("v");
        assertThat(kv.get(grid.freshKey()).value()).isNull();
    }

    @Test
    void a_remove_leaves_a_tombstone_and_every_client_sees_it_at_once() {
        String key = grid.freshKey();
        kv.put(key, "v");
        assertThat(kv.remove(key)).isEqualTo(ServedBy.SHARD);
        assertThat(grid.client().getMap("kv").get(key)).isNull();
        assertThat(kv.get(key)).isEqualTo(new Reading<>(null, ServedBy.SHARD));
        assertThat(grid.sqlOf(key).one("SELECT value IS NULL FROM kv.entries WHERE key = ?", key))
                .isEqualTo(true);
        kv.put(key, "again");
        assertThat(kv.get(key).value()).isEqualTo("again");
    }

    @Test
    void conditions_are_decided_in_the_shard() {
        String key = grid.freshKey();
        assertThat(kv.putIfAbsent(key, "a")).isEqualTo(new Decision<>(true, null));
        assertThat(kv.putIfAbsent(key, "b")).isEqualTo(new Decision<>(false, "a"));
        assertThat(kv.replace(key, "x", "b")).isEqualTo(new Decision<>(false, "a"));
        assertThat(kv.replace(key, "a", "b").applied()).isTrue();
        assertThat(grid.client().getMap("kv").get(key)).isEqualTo("b");
        // Someone who doesn't use the grid: the cache still holds b, and the shard decides.
        grid.sqlOf(key).update("UPDATE kv.entries SET value = 'behind the cache' WHERE key = ?", key);
        assertThat(kv.replace(key, "b", "c")).isEqualTo(new Decision<>(false, "behind the cache"));
    }

    @Test
    void many_at_once_each_say_where_they_were_served() {
        Map<String, String> entries = new LinkedHashMap<>();
        IntStream.range(0, 200).forEach(number -> entries.put(grid.freshKey(), "v" + number));
        assertThat(kv.putAll(entries).keySet()).containsExactlyElementsOf(entries.keySet());
        Map<String, Reading<String>> found = kv.getAll(entries.keySet());
        found.forEach((key, reading) -> assertThat(reading.value()).isEqualTo(entries.get(key)));
        assertThat(found.keySet()).containsExactlyElementsOf(entries.keySet());
        assertThat(kv.getAll(List.of())).isEmpty();
        assertThat(kv.putAll(Map.of())).isEmpty();
    }

    @Test
    void every_operation_has_an_asynchronous_form() throws Exception {
        String key = grid.freshKey();
        assertThat(kv.putIfAbsentAsync(key, "a").toCompletableFuture().get().applied())
                .isTrue();
        kv.replaceAsync(key, "a", "b").toCompletableFuture().get();
        kv.putAsync(key, "c").toCompletableFuture().get();
        assertThat(kv.getAsync(key).toCompletableFuture().get().value()).isEqualTo("c");
        kv.putAllAsync(Map.of(key, "d")).toCompletableFuture().get();
        assertThat(kv.getAllAsync(List.of(key)).toCompletableFuture().get().values())
                .extracting(Reading::value)
                .containsExactly("d");
        kv.removeAsync(key).toCompletableFuture().get();
        assertThat(kv.getAsync(key)
                        .thenApply(reading -> Thread.currentThread().getName())
                        .toCompletableFuture()
                        .get())
                .as("neither Hazelcast's thread nor a lane's runs what an application chains")
                .doesNotContain("hz.")
                .doesNotContain("direct");
        assertThatThrownBy(() -> kv.putAsync("", "v").toCompletableFuture().get())
                .isInstanceOf(ExecutionException.class)
                .hasCauseInstanceOf(RefusedException.class);
    }

    @Test
    void every_value_format_reads_back_as_it_was_by_cache_and_by_shard() {
        ResilientMap<HazelcastJsonValue> documents = client.grid().map("documents");
        ResilientMap<byte[]> blobs = client.grid().map("blobs");
        HazelcastJsonValue document = new HazelcastJsonValue("{ \"b\": 1,  \"a\": [] }");
        String key = grid.freshKey();
        documents.put(key, document);
        blobs.put(key, new byte[] {0, 1, -1});
        assertThat(documents.get(key).value()).isEqualTo(document);
        assertThat(blobs.get(key).value()).containsExactly(0, 1, -1);
        String direct = grid.freshKey();
        documents.putIfAbsent(direct, document);
        assertThat(documents
                        .replace(direct, document, new HazelcastJsonValue("[]"))
                        .applied())
                .isTrue();
        assertThat(documents.get(direct)).isEqualTo(new Reading<>(new HazelcastJsonValue("[]"), ServedBy.SHARD));
        blobs.putIfAbsent(direct, new byte[0]);
        assertThat(blobs.replace(direct, new byte[0], new byte[] {7}).applied()).isTrue();
        assertThat(blobs.get(direct).value()).containsExactly(7);
    }

    @Test
    void what_can_be_no_row_is_refused_before_anything_is_sent() {
        assertThatThrownBy(() -> kv.put("k".repeat(513), "v"))
                .isInstanceOf(RefusedException.class)
                .hasMessageContaining("[REFUSED KEY_INVALID]");
        assertThatThrownBy(() -> kv.put(grid.freshKey(), "nul \0"))
                .isInstanceOf(RefusedException.class)
                .hasMessageContaining("[REFUSED VALUE_TEXT_INVALID]");
        assertThatThrownBy(() -> client.grid().<Integer>map("kv").put(grid.freshKey(), 1))
                .isInstanceOf(RefusedException.class)
                .hasMessageContaining("[REFUSED VALUE_TYPE]");
        String good = grid.freshKey();
        Map<String, String> entries = new HashMap<>(Map.of(good, "v", "\0", "v"));
        assertThatThrownBy(() -> kv.putAll(entries)).isInstanceOf(RefusedException.class);
        assertThat(grid.sqlOf(good).column("SELECT key FROM kv.entries WHERE key = ?", good))
                .isEmpty();
        assertThatThrownBy(() -> client.grid().map("other"))
                .isInstanceOf(GridConfigException.class)
                .hasMessageContaining("has no map 'other' under maps: it has [kv, documents, blobs]");
    }

    /** With the cache passed by, a null that got to the row would be a tombstone. */
    @Test
    @SuppressWarnings("NullAway")
    void a_null_is_refused_and_removes_nothing() {
        String key = grid.freshKey();
        kv.putIfAbsent(key, "there");
        assertThatThrownBy(() -> kv.put(key, null)).isInstanceOf(NullPointerException.class);
        assertThatThrownBy(() -> kv.replace(key, "there", null)).isInstanceOf(NullPointerException.class);
        assertThatThrownBy(() -> kv.replace(key, null, "other")).isInstanceOf(NullPointerException.class);
        assertThatThrownBy(() -> kv.get(null)).isInstanceOf(NullPointerException.class);
        assertThatThrownBy(() -> kv.putAsync(key, null).toCompletableFuture().get())
                .hasCauseInstanceOf(NullPointerException.class);
        assertThat(row(key)).isEqualTo("there");
    }

    @Test
    void with_a_healthy_cache_one_idle_connection_a_shard_is_all_it_holds() {
        IntStream.range(0, 50).forEach(number -> kv.put(grid.freshKey(), "v"));
        for (String shard : List.of("shard-1", "shard-2")) {
            try (TestClient idle = TestClient.of(grid)) {
                idle.kv().put(grid.freshKey(), "v");
                await().untilAsserted(() -> assertThat(idle.meters()
                                .get("hikaricp.connections")
                                .tag("pool", shard)
                                .gauge()
                                .value())
                        .isEqualTo(1));
            }
        }
    }

    @Test
    void a_closed_client_says_so_and_leaves_hazelcast_alone() {
        TestClient closed = TestClient.of(grid);
        ResilientMap<String> map = closed.kv();
        closed.grid().close();
        assertThatThrownBy(() -> map.put(grid.freshKey(), "v"))
                .isInstanceOf(RefusedException.class)
                .hasMessageContaining("CLIENT_CLOSED");
        assertThatThrownBy(() ->
                        map.getAsync(grid.freshKey()).toCompletableFuture().get())
                .hasCauseInstanceOf(RefusedException.class);
        assertThat(closed.hazelcast().getLifecycleService().isRunning()).isTrue();
        closed.close();
    }

    @Test
    void what_it_does_is_in_the_applications_own_meters() {
        kv.put(grid.freshKey(), "v");
        assertThat(client.meters()
                        .get("throughline.client.operation")
                        .tag("operation", "put")
                        .tag("served", "cache")
                        .timer()
                        .mean(TimeUnit.MILLISECONDS))
                .isPositive();
        for (String gauge : List.of(
                "throughline.client.direct.waiting",
                "throughline.client.breakers.open",
                "throughline.client.overlay.keys")) {
            assertThat(client.meters().get(gauge).gauges()).isNotEmpty();
        }
    }
}
