package io.throughline.member.clients;

import static org.assertj.core.api.Assertions.assertThat;

import com.hazelcast.map.IMap;
import com.hazelcast.query.Predicates;
import io.throughline.member.SharedGrid;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BiConsumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What each call makes the members send to the shards: the table of docs/clients.md. */
@ExtendWith(SharedGrid.Once.class)
class StoreCallsTest {

    /** Something done to a key. */
    @FunctionalInterface
    interface Call {
        @Nullable
        Object on(IMap<String, String> kv, String key);
    }

    private record Outcome(@Nullable Object answer, long stores, long loads) {}

    /** What a call does to a key that has no row, one that is only on the shard, and one that is in memory. */
    private record Documented(String name, Call call, Outcome absent, Outcome cold, Outcome warm) {

        @Override
        public String toString() {
            return name;
        }
    }

    private final SharedGrid grid;
    private final IMap<String, String> kv;
    private final Rows rows;

    StoreCallsTest(SharedGrid grid) {
        this.grid = grid;
        this.kv = grid.client().getMap("kv");
        this.rows = new Rows(grid);
    }

    private static Outcome answers(@Nullable Object answer, long stores, long loads) {
        return new Outcome(answer, stores, loads);
    }

    private static Call silent(BiConsumer<IMap<String, String>, String> call) {
        return (kv, key) -> {
            call.accept(kv, key);
            return null;
        };
    }

    static Stream<Documented> calls() {
        return Stream.of(reads(), writes(), removals(), memoryOnly()).flatMap(calls -> calls);
    }

    private static Stream<Documented> reads() {
        return Stream.of(
                new Documented("get", IMap::get, answers(null, 0, 1), answers("old", 0, 1), answers("old", 0, 0)),
                new Documented(
                        "getAll",
                        (kv, key) -> kv.getAll(Set.of(key)).size(),
                        answers(0, 0, 1),
                        answers(1, 0, 1),
                        answers(1, 0, 0)),
                new Documented(
                        "containsKey",
                        IMap::containsKey,
                        answers(false, 0, 1),
                        answers(true, 0, 1),
                        answers(true, 0, 0)));
    }

    private static Stream<Documented> writes() {
        return Stream.of(
                new Documented(
                        "set",
                        silent((kv, key) -> kv.set(key, "new")),
                        answers(null, 1, 0),
                        answers(null, 1, 0),
                        answers(null, 1, 0)),
                new Documented(
                        "put",
                        (kv, key) -> kv.put(key, "new"),
                        answers(null, 1, 1),
                        answers("old", 1, 1),
                        answers("old", 1, 0)),
                new Documented(
                        "putAll",
                        silent((kv, key) -> kv.putAll(Map.of(key, "new"))),
                        answers(null, 1, 0),
                        answers(null, 1, 0),
                        answers(null, 1, 0)),
                new Documented(
                        "putIfAbsent",
                        (kv, key) -> kv.putIfAbsent(key, "new"),
                        answers(null, 1, 1),
                        answers("old", 0, 1),
                        answers("old", 0, 0)),
                new Documented(
                        "replace",
                        (kv, key) -> kv.replace(key, "new"),
                        answers(null, 0, 1),
                        answers("old", 1, 1),
                        answers("old", 1, 0)),
                new Documented(
                        "replace if same",
                        (kv, key) -> kv.replace(key, "old", "new"),
                        answers(false, 0, 1),
                        answers(true, 1, 1),
                        answers(true, 1, 0)),
                // On a key that isn't in memory, each of the three copies looks it up.
                new Documented(
                        "setTtl",
                        (kv, key) -> kv.setTtl(key, 3, TimeUnit.SECONDS),
                        answers(false, 0, 3),
                        answers(true, 1, 3),
                        answers(true, 1, 0)));
    }

    private static Stream<Documented> removals() {
        return Stream.of(
                new Documented("remove", IMap::remove, answers(null, 0, 1), answers("old", 1, 1), answers("old", 1, 0)),
                new Documented(
                        "remove if same",
                        (kv, key) -> kv.remove(key, "old"),
                        answers(false, 0, 1),
                        answers(true, 1, 1),
                        answers(true, 1, 0)),
                new Documented(
                        "remove if same, of another value",
                        (kv, key) -> kv.remove(key, "another"),
                        answers(false, 0, 1),
                        answers(false, 0, 1),
                        answers(false, 0, 0)),
                new Documented(
                        "delete", silent(IMap::delete), answers(null, 1, 0), answers(null, 1, 0), answers(null, 1, 0)),
                new Documented(
                        "removeAll",
                        silent((kv, key) -> kv.removeAll(Predicates.equal("__key", key))),
                        answers(null, 0, 0),
                        answers(null, 0, 0),
                        answers(null, 1, 0)));
    }

    private static Stream<Documented> memoryOnly() {
        return Stream.of(
                new Documented("evict", IMap::evict, answers(false, 0, 0), answers(false, 0, 0), answers(true, 0, 0)),
                new Documented(
                        "putTransient",
                        silent((kv, key) -> kv.putTransient(key, "new", 1, TimeUnit.SECONDS)),
                        answers(null, 0, 0),
                        answers(null, 0, 0),
                        answers(null, 0, 0)),
                new Documented(
                        "values by predicate",
                        (kv, key) -> kv.values(Predicates.equal("__key", key)).size(),
                        answers(0, 0, 0),
                        answers(0, 0, 0),
                        answers(1, 0, 0)));
    }

    @ParameterizedTest
    @MethodSource("calls")
    void a_call_loads_and_stores_as_documented(Documented documented) {
        String cold = grid.freshKey();
        String warm = grid.freshKey();
        kv.set(cold, "old");
        kv.evict(cold);

        assertThat(outcome(documented.call(), grid.freshKey())).isEqualTo(documented.absent());
        assertThat(outcome(documented.call(), cold)).isEqualTo(documented.cold());
        kv.set(warm, "old", 60, TimeUnit.SECONDS);
        assertThat(outcome(documented.call(), warm)).isEqualTo(documented.warm());
    }

    private Outcome outcome(Call call, String key) {
        AtomicReference<@Nullable Object> answer = new AtomicReference<>();
        Traffic traffic = Traffic.during(grid, () -> answer.set(call.on(kv, key)));
        return new Outcome(answer.get(), traffic.stores(), traffic.loads());
    }

    @Test
    void clear_deletes_the_rows_of_what_is_in_memory_and_no_others() {
        String cold = grid.freshKey();
        String warm = grid.freshKey();
        kv.set(cold, "stays");
        kv.evict(cold);
        kv.set(warm, "goes");

        kv.clear();

        rows.assertNoRow("kv", warm);
        rows.assertRow("kv", cold, "stays");
        assertThat(kv.getAll(Set.of(warm, cold))).isEqualTo(Map.of(cold, "stays"));
    }

    @Test
    void size_counts_what_is_in_memory() {
        String key = grid.freshKey();
        kv.clear();

        kv.set(key, "v");
        assertThat(kv.size()).isEqualTo(1);
        assertThat(kv.containsValue("v")).isTrue();
        kv.evict(key);
        assertThat(kv.size()).isZero();
        assertThat(kv.containsValue("v")).isFalse();
        assertThat(kv.containsKey(key)).isTrue();
    }

    @Test
    void set_ttl_writes_the_cached_value_back_and_evict_drops_it() {
        String key = grid.freshKey();
        kv.set(key, "cached");
        rows.overwrite("kv", key, "changed by SQL");
        kv.evict(key);
        assertThat(kv.get(key)).isEqualTo("changed by SQL");

        rows.overwrite("kv", key, "changed again");
        kv.setTtl(key, 3, TimeUnit.SECONDS);
        rows.assertRow("kv", key, "changed by SQL");
    }

    @Test
    void destroying_a_map_leaves_its_rows() {
        String key = grid.freshKey();
        IMap<String, byte[]> blobs = grid.client().getMap("blobs");
        blobs.set(key, new byte[] {1});

        blobs.destroy();

        rows.assertRow("blobs", key, new byte[] {1});
        assertThat(grid.client().<String, byte[]>getMap("blobs").get(key)).isEqualTo(new byte[] {1});
    }
}
