package io.throughline.member.clients;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.hazelcast.core.HazelcastJsonValue;
import com.hazelcast.map.IMap;
import com.hazelcast.nio.serialization.HazelcastSerializationException;
import com.hazelcast.query.Predicates;
import io.throughline.member.SharedGrid;
import java.text.ChoiceFormat;
import java.time.LocalDate;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Values that can't be a row's: the error says so, nothing is stored, and what was there before stays. */
@ExtendWith(SharedGrid.Once.class)
class RefusedValuesTest {

    private static final int MAX_VALUE_BYTES = 1 << 20;

    record BadValue(String map, String why, Object value, String code, String story) {

        @Override
        public String toString() {
            return why + " in " + map;
        }
    }

    private final SharedGrid grid;
    private final Rows rows;
    private final String key;

    RefusedValuesTest(SharedGrid grid) {
        this.grid = grid;
        this.rows = new Rows(grid);
        this.key = grid.freshKey();
    }

    static Stream<BadValue> badValues() {
        return Stream.of(wrongTypes(), invalidTexts(), tooLarge()).flatMap(values -> values);
    }

    private static Stream<BadValue> wrongTypes() {
        return Stream.of(
                wrongType("kv", 42, "java.lang.Integer", "String (value-format: text)"),
                wrongType("kv", LocalDate.of(2026, 11, 24), "java.time.LocalDate", "String (value-format: text)"),
                wrongType("kv", new byte[] {1}, "byte[]", "String (value-format: text)"),
                wrongType("kv", new HazelcastJsonValue("{}"), "com.hazelcast.core.HazelcastJsonValue", "String"),
                wrongType("documents", "{}", "java.lang.String", "HazelcastJsonValue (value-format: json)"),
                wrongType("documents", new byte[] {1}, "byte[]", "HazelcastJsonValue (value-format: json)"),
                wrongType("blobs", "a", "java.lang.String", "byte[] (value-format: binary)"),
                wrongType("blobs", new int[] {1}, "int[]", "byte[] (value-format: binary)"),
                wrongType("blobs", new HazelcastJsonValue("{}"), "com.hazelcast.core.HazelcastJsonValue", "byte[]"));
    }

    private static BadValue wrongType(String map, Object value, String type, String expected) {
        return new BadValue(
                map, type, value, "VALUE_TYPE", "the value is a " + type + ", and this map's values are " + expected);
    }

    private static Stream<BadValue> invalidTexts() {
        return Stream.of(
                new BadValue("kv", "a NUL", "ab\0", "VALUE_TEXT_INVALID", "the value holds a NUL at index 2"),
                new BadValue("documents", "a NUL", json("\"\0\""), "VALUE_TEXT_INVALID", "holds a NUL at index 1"),
                badJson("without its end", "{\"a\":", "the value is no JSON: Unexpected end-of-input"),
                badJson("a word", "nope", "the value is no JSON"),
                badJson("a comma too many", "[1,]", "the value is no JSON"),
                badJson("single quotes", "{'a':1}", "the value is no JSON"),
                badJson("NaN", "NaN", "the value is no JSON"),
                badJson("two documents", "{} {}", "the value holds more than one JSON document"),
                badJson("empty", "", "an empty text is no JSON"),
                badJson("blank", "  ", "an empty text is no JSON"),
                badJson("deep", "[".repeat(501) + "]".repeat(501), "the value is nested deeper than 500"),
                badJson("deeper", "{\"a\":".repeat(100_000) + "1" + "}".repeat(100_000), "is nested deeper than 500"));
    }

    private static BadValue badJson(String why, String text, String story) {
        return new BadValue("documents", why, json(text), "VALUE_JSON_INVALID", story);
    }

    private static Stream<BadValue> tooLarge() {
        String story = "the value has 1048577 bytes, and max-value-bytes is 1048576";
        return Stream.of(
                new BadValue("kv", "1 MiB + 1", "a".repeat(MAX_VALUE_BYTES + 1), "VALUE_TOO_LARGE", story),
                new BadValue("kv", "2 bytes each", "é".repeat(MAX_VALUE_BYTES / 2) + "a", "VALUE_TOO_LARGE", story),
                new BadValue(
                        "documents",
                        "1 MiB + 1",
                        json('"' + "a".repeat(MAX_VALUE_BYTES - 1) + '"'),
                        "VALUE_TOO_LARGE",
                        story),
                new BadValue("blobs", "1 MiB + 1", new byte[MAX_VALUE_BYTES + 1], "VALUE_TOO_LARGE", story));
    }

    private static HazelcastJsonValue json(String text) {
        return new HazelcastJsonValue(text);
    }

    @ParameterizedTest
    @MethodSource("badValues")
    void a_bad_value_of_a_new_key_is_stored_nowhere(BadValue bad) {
        IMap<String, Object> map = grid.client().getMap(bad.map());
        List<ThrowingCallable> writes = List.of(
                () -> map.put(key, bad.value()),
                () -> map.set(key, bad.value()),
                () -> map.putAll(Map.of(key, bad.value())),
                () -> map.setAll(Map.of(key, bad.value())),
                () -> map.putIfAbsent(key, bad.value()),
                () -> map.tryPut(key, bad.value(), 5, TimeUnit.SECONDS));

        for (ThrowingCallable write : writes) {
            assertRefused(write, bad);
        }
        assertThat(inMemory(map)).isEmpty();
        rows.assertNoRow(bad.map(), key);
    }

    /** A query asks memory alone. */
    private Collection<Object> inMemory(IMap<String, Object> map) {
        return map.values(Predicates.equal("__key", key));
    }

    @ParameterizedTest
    @MethodSource("badValues")
    void a_bad_value_leaves_the_earlier_one_in_memory_and_on_the_shard(BadValue bad) {
        IMap<String, Object> map = grid.client().getMap(bad.map());
        Object earlier = FormatValues.all()
                .filter(values -> values.map().equals(bad.map()))
                .map(FormatValues::one)
                .findFirst()
                .orElseThrow();
        map.set(key, earlier, 60, TimeUnit.SECONDS);
        List<ThrowingCallable> overwrites = List.of(
                () -> map.put(key, bad.value()),
                () -> map.set(key, bad.value()),
                () -> map.putAll(Map.of(key, bad.value())),
                () -> map.replace(key, bad.value()),
                () -> map.replace(key, earlier, bad.value()));

        for (ThrowingCallable overwrite : overwrites) {
            assertRefused(overwrite, bad);
            assertThat(inMemory(map)).containsExactly(earlier);
        }
        rows.assertRow(bad.map(), key, earlier);
        map.evict(key);
        assertThat(map.get(key)).isEqualTo(earlier);
    }

    private void assertRefused(ThrowingCallable write, BadValue bad) {
        Refusal refusal = Refusal.of(write);
        assertThat(refusal.code()).isEqualTo(bad.code());
        assertThat(refusal.verb()).isEqualTo("put");
        assertThat(refusal.key()).isEqualTo(key);
        assertThat(refusal.map()).isEqualTo(bad.map());
        assertThat(refusal.partition()).isEqualTo(rows.partition(key));
        assertThat(refusal.shard()).isEqualTo(rows.shardOf(key));
        assertThat(refusal.story()).contains(bad.story()).contains("Nothing was stored. Correct the key or the value.");
    }

    @Test
    void of_many_entries_the_refused_one_is_missing_and_memory_agrees_with_the_shards() {
        IMap<String, Object> kv = grid.client().getMap("kv");
        Map<String, Object> entries =
                Stream.generate(grid::freshKey).limit(200).collect(Collectors.toMap(fresh -> fresh, fresh -> "v"));
        entries.put(key, 42);

        assertThat(Refusal.of(() -> kv.putAll(entries)).key()).isEqualTo(key);

        List<String> elsewhere = entries.keySet().stream()
                .filter(other -> rows.partition(other) != rows.partition(key))
                .toList();
        // the client has its error as soon as one partition refuses, while the others still store
        await().untilAsserted(
                        () -> assertThat(rows.values("kv", entries.keySet()).keySet())
                                .as("what has another partition than the refused key")
                                .containsAll(elsewhere));
        Map<String, Object> stored = rows.values("kv", entries.keySet());
        assertThat(stored).doesNotContainKey(key);
        assertThat(new HashMap<>(kv.getAll(entries.keySet()))).isEqualTo(stored);
    }

    /** Hazelcast's own error: its filter refuses the class before the grid sees the value. */
    @Test
    void an_object_of_a_class_that_members_do_not_open_is_refused_by_hazelcast() {
        IMap<String, Object> kv = grid.client().getMap("kv");
        kv.set(key, "earlier");

        assertThatThrownBy(() -> kv.set(key, new ChoiceFormat("0#none|1#some")))
                .isInstanceOf(HazelcastSerializationException.class);

        assertThat(kv.get(key)).isEqualTo("earlier");
        rows.assertRow("kv", key, "earlier");
    }
}
