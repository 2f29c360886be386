package io.throughline.member.clients;

import static org.assertj.core.api.Assertions.assertThat;

import com.hazelcast.core.HazelcastInstance;
import com.hazelcast.map.IMap;
import io.throughline.member.SharedGrid;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Each way to write, in each value format, and what it leaves on the shard. */
@ExtendWith(SharedGrid.Once.class)
class WritesTest {

    private static final String FORMATS = "io.throughline.member.clients.FormatValues#all";

    private final SharedGrid grid;
    private final HazelcastInstance client;
    private final Rows rows;
    private final String key;

    WritesTest(SharedGrid grid) {
        this.grid = grid;
        this.client = grid.client();
        this.rows = new Rows(grid);
        this.key = grid.freshKey();
    }

    @ParameterizedTest
    @MethodSource(FORMATS)
    void a_put_answers_with_the_value_before_it(FormatValues values) {
        IMap<String, Object> map = values.of(client);

        assertThat(map.put(key, values.one())).isNull();
        rows.assertRow(values.map(), key, values.one());
        assertThat(map.put(key, values.two())).isEqualTo(values.one());
        rows.assertRow(values.map(), key, values.two());
        assertThat(map.get(key)).isEqualTo(values.two());
    }

    @ParameterizedTest
    @MethodSource(FORMATS)
    void a_put_finds_the_value_before_it_on_the_shard(FormatValues values) {
        values.makeCold(client, key);

        assertThat(values.of(client).put(key, values.two())).isEqualTo(values.one());
        rows.assertRow(values.map(), key, values.two());
    }

    @ParameterizedTest
    @MethodSource(FORMATS)
    void a_set_is_a_row(FormatValues values) {
        IMap<String, Object> map = values.of(client);

        map.set(key, values.one());
        rows.assertRow(values.map(), key, values.one());
        map.set(key, values.two());
        rows.assertRow(values.map(), key, values.two());
        assertThat(map.get(key)).isEqualTo(values.two());
    }

    @ParameterizedTest
    @MethodSource(FORMATS)
    void put_all_and_set_all_make_a_row_of_each_entry(FormatValues values) {
        Map<String, Object> put = Map.of(key, values.one(), grid.freshKey(), values.two());
        Map<String, Object> set = Map.of(key + "-set", values.two(), grid.freshKey(), values.other());

        values.of(client).putAll(put);
        values.of(client).setAll(set);

        put.forEach((written, value) -> rows.assertRow(values.map(), written, value));
        set.forEach((written, value) -> rows.assertRow(values.map(), written, value));
    }

    @ParameterizedTest
    @MethodSource(FORMATS)
    void get_all_reads_memory_and_shard_alike(FormatValues values) {
        String warm = grid.freshKey();
        values.makeCold(client, key);
        values.of(client).set(warm, values.two());

        Map<String, Object> found = values.of(client).getAll(Set.of(key, warm, grid.freshKey()));

        assertThat(found).containsOnlyKeys(key, warm);
        assertThat(found.get(key)).isEqualTo(values.one());
        assertThat(found.get(warm)).isEqualTo(values.two());
    }

    @ParameterizedTest
    @MethodSource(FORMATS)
    void remove_deletes_the_row_and_answers_with_its_value(FormatValues values) {
        IMap<String, Object> map = values.of(client);
        String cold = grid.freshKey();
        values.makeWarm(client, key);
        values.makeCold(client, cold);

        assertThat(map.remove(key)).isEqualTo(values.one());
        assertThat(map.remove(cold)).isEqualTo(values.one());
        rows.assertNoRow(values.map(), key);
        rows.assertNoRow(values.map(), cold);
        assertThat(map.get(key)).isNull();
        assertThat(map.remove(key)).isNull();
    }

    @ParameterizedTest
    @MethodSource(FORMATS)
    void delete_deletes_the_row(FormatValues values) {
        String cold = grid.freshKey();
        values.makeWarm(client, key);
        values.makeCold(client, cold);

        for (String arranged : Set.of(key, cold, grid.freshKey())) {
            values.of(client).delete(arranged);
            rows.assertNoRow(values.map(), arranged);
            assertThat(values.of(client).get(arranged)).isNull();
        }
    }

    @ParameterizedTest
    @MethodSource(FORMATS)
    void replace_writes_where_there_is_a_value(FormatValues values) {
        IMap<String, Object> map = values.of(client);

        assertThat(map.replace(key, values.two())).isNull();
        rows.assertNoRow(values.map(), key);
        values.makeCold(client, key);
        assertThat(map.replace(key, values.two())).isEqualTo(values.one());
        rows.assertRow(values.map(), key, values.two());
        assertThat(map.replace(key, values.other())).isEqualTo(values.two());
        rows.assertRow(values.map(), key, values.other());
    }

    @ParameterizedTest
    @MethodSource(FORMATS)
    void replace_if_same_compares_with_memory_and_shard_alike(FormatValues values) {
        IMap<String, Object> map = values.of(client);
        String cold = grid.freshKey();
        values.makeWarm(client, key);
        values.makeCold(client, cold);

        for (String arranged : Set.of(key, cold)) {
            assertThat(map.replace(arranged, values.other(), values.two())).isFalse();
            rows.assertRow(values.map(), arranged, values.one());
        }
        map.evict(cold);
        for (String arranged : Set.of(key, cold)) {
            assertThat(map.replace(arranged, values.one(), values.two())).isTrue();
            rows.assertRow(values.map(), arranged, values.two());
            assertThat(map.get(arranged)).isEqualTo(values.two());
        }
        assertThat(map.replace(grid.freshKey(), values.one(), values.two())).isFalse();
    }

    @ParameterizedTest
    @MethodSource(FORMATS)
    void remove_of_another_value_keeps_the_row_also_where_it_is_only_on_the_shard(FormatValues values) {
        IMap<String, Object> map = values.of(client);
        String cold = grid.freshKey();
        values.makeWarm(client, key);
        values.makeCold(client, cold);

        for (String arranged : Set.of(key, cold)) {
            assertThat(map.remove(arranged, values.other())).isFalse();
            rows.assertRow(values.map(), arranged, values.one());
            assertThat(map.get(arranged)).isEqualTo(values.one());
        }
    }

    @ParameterizedTest
    @MethodSource(FORMATS)
    void remove_of_the_same_value_deletes_the_row(FormatValues values) {
        String cold = grid.freshKey();
        values.makeWarm(client, key);
        values.makeCold(client, cold);

        for (String arranged : Set.of(key, cold)) {
            assertThat(values.of(client).remove(arranged, values.one())).isTrue();
            rows.assertNoRow(values.map(), arranged);
            assertThat(values.of(client).get(arranged)).isNull();
        }
    }

    @ParameterizedTest
    @MethodSource(FORMATS)
    void put_if_absent_leaves_what_is_there(FormatValues values) {
        IMap<String, Object> map = values.of(client);

        assertThat(map.putIfAbsent(key, values.one())).isNull();
        rows.assertRow(values.map(), key, values.one());
        assertThat(map.putIfAbsent(key, values.two())).isEqualTo(values.one());
        map.evict(key);
        assertThat(map.putIfAbsent(key, values.two())).isEqualTo(values.one());
        rows.assertRow(values.map(), key, values.one());
    }

    @ParameterizedTest
    @MethodSource(FORMATS)
    void contains_key_looks_on_the_shard(FormatValues values) {
        IMap<String, Object> map = values.of(client);

        assertThat(map.containsKey(key)).isFalse();
        values.makeCold(client, key);
        assertThat(map.containsKey(key)).isTrue();
        map.delete(key);
        assertThat(map.containsKey(key)).isFalse();
    }

    @ParameterizedTest
    @MethodSource(FORMATS)
    void try_put_and_try_remove_write_through(FormatValues values) {
        IMap<String, Object> map = values.of(client);

        assertThat(map.tryPut(key, values.one(), 5, TimeUnit.SECONDS)).isTrue();
        rows.assertRow(values.map(), key, values.one());
        assertThat(map.tryRemove(key, 5, TimeUnit.SECONDS)).isTrue();
        rows.assertNoRow(values.map(), key);
    }

    @ParameterizedTest
    @MethodSource(FORMATS)
    void asynchronous_calls_are_done_when_their_row_is(FormatValues values) {
        IMap<String, Object> map = values.of(client);

        map.setAsync(key, values.one()).toCompletableFuture().join();
        rows.assertRow(values.map(), key, values.one());
        assertThat(map.putAsync(key, values.two()).toCompletableFuture().join()).isEqualTo(values.one());
        rows.assertRow(values.map(), key, values.two());
        assertThat(map.removeAsync(key).toCompletableFuture().join()).isEqualTo(values.two());
        rows.assertNoRow(values.map(), key);
    }

    @Test
    void compute_and_merge_write_through() {
        IMap<String, String> kv = client.getMap("kv");

        assertThat(kv.computeIfAbsent(key, absent -> "a")).isEqualTo("a");
        rows.assertRow("kv", key, "a");
        kv.evict(key);
        assertThat(kv.merge(key, "b", String::concat)).isEqualTo("ab");
        rows.assertRow("kv", key, "ab");
        assertThat(kv.compute(key, (same, value) -> value + "c")).isEqualTo("abc");
        rows.assertRow("kv", key, "abc");
        kv.computeIfPresent(key, (same, value) -> null);
        rows.assertNoRow("kv", key);
    }

    @Test
    void entries_of_one_call_may_belong_to_both_shards() {
        Map<String, String> entries = new HashMap<>();
        grid.freshKeysOn("shard-1", 20).forEach(onOne -> entries.put(onOne, "on shard-1"));
        grid.freshKeysOn("shard-2", 20).forEach(onTwo -> entries.put(onTwo, "on shard-2"));

        client.<String, String>getMap("kv").putAll(entries);

        assertThat(rows.of("kv", entries.keySet()))
                .hasSize(40)
                .allSatisfy(row -> assertThat(row.value()).isEqualTo("on " + row.shard()));
    }
}
