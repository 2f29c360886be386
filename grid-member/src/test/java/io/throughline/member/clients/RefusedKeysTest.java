package io.throughline.member.clients;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.hazelcast.core.HazelcastJsonValue;
import com.hazelcast.map.IMap;
import io.throughline.member.SharedGrid;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Keys that can't be a row's: every call refuses them, and nothing is stored. */
@ExtendWith(SharedGrid.Once.class)
class RefusedKeysTest {

    /** @param shown the key as the error names it */
    record BadKey(String why, Object key, String shown, String code, String story) {

        @Override
        public String toString() {
            return why;
        }
    }

    private final SharedGrid grid;
    private final IMap<Object, Object> kv;
    private final Rows rows;

    RefusedKeysTest(SharedGrid grid) {
        this.grid = grid;
        this.kv = grid.client().getMap("kv");
        this.rows = new Rows(grid);
    }

    static Stream<BadKey> badKeys() {
        UUID uuid = new UUID(1, 2);
        return Stream.of(
                wrongType(42, "42", "java.lang.Integer"),
                wrongType(42L, "42", "java.lang.Long"),
                wrongType(true, "true", "java.lang.Boolean"),
                wrongType('c', "c", "java.lang.Character"),
                wrongType(uuid, uuid.toString(), "java.util.UUID"),
                wrongType(new ArrayList<>(List.of("a")), "[a]", "java.util.ArrayList"),
                wrongType(new byte[] {1}, "byte[]", "byte[]"),
                wrongType(new HazelcastJsonValue("{}"), "{}", "com.hazelcast.core.HazelcastJsonValue"),
                wrongType(LocalDate.of(2026, 11, 24), "2026-11-24", "java.time.LocalDate"),
                invalid("empty", "", "", "has 0 bytes of UTF-8, and keys have 1 to 512"),
                invalid("513 bytes", "a".repeat(513), "a".repeat(80) + "…", "has 513 bytes of UTF-8"),
                invalid("257 characters", "é".repeat(256) + "a", "é".repeat(80) + "…", "has 513 bytes of UTF-8"),
                invalid("a NUL", "a\0b", "a\\u0000b", "holds a NUL at index 1"));
    }

    private static BadKey wrongType(Object key, String shown, String type) {
        return new BadKey(type, key, shown, "KEY_TYPE", "the key is a " + type + ", and keys are String");
    }

    private static BadKey invalid(String why, Object key, String shown, String fault) {
        return new BadKey(why, key, shown, "KEY_INVALID", "the key " + fault);
    }

    @ParameterizedTest
    @MethodSource("badKeys")
    void a_bad_key_is_refused_by_every_call(BadKey bad) {
        long before = rows.count("kv");
        String shard = rows.shardOf(bad.key());

        for (ThrowingCallable call : calls(bad.key())) {
            Refusal refusal = Refusal.of(call);
            assertThat(refusal.code()).isEqualTo(bad.code());
            assertThat(refusal.key()).isEqualTo(bad.shown());
            assertThat(refusal.map()).isEqualTo("kv");
            assertThat(refusal.partition()).isEqualTo(rows.partition(bad.key()));
            assertThat(refusal.shard()).isEqualTo(shard);
            assertThat(refusal.story())
                    .contains(bad.story())
                    .containsPattern("Nothing was (read or )?stored. Correct the key or the value.");
        }
        assertThat(rows.count("kv")).isEqualTo(before);
    }

    private List<ThrowingCallable> calls(Object key) {
        return List.of(
                () -> kv.put(key, "v"),
                () -> kv.set(key, "v"),
                () -> kv.putAll(Map.of(key, "v")),
                () -> kv.putIfAbsent(key, "v"),
                () -> kv.tryPut(key, "v", 5, TimeUnit.SECONDS),
                () -> kv.replace(key, "v"),
                () -> kv.replace(key, "v", "w"),
                () -> kv.get(key),
                () -> kv.getAll(Set.of(key)),
                () -> kv.containsKey(key),
                () -> kv.remove(key),
                () -> kv.remove(key, "v"),
                () -> kv.delete(key));
    }

    /** Java's client encodes it as a question mark, like every String.getBytes: no one behind it can tell. */
    @ParameterizedTest
    @ValueSource(strings = {"\ud83d", "\udd11", "\udd11\ud83d"})
    void a_lone_surrogate_leaves_the_java_client_as_a_question_mark(String surrogate) {
        String key = grid.freshKey();
        String sent = key + "?".repeat(surrogate.length());

        kv.set(key + surrogate, "key");
        rows.assertRow("kv", sent, "key");
        assertThat(kv.get(sent)).isEqualTo("key");

        kv.set(key, surrogate);
        rows.assertRow("kv", key, "?".repeat(surrogate.length()));
        assertThat(kv.get(key)).isEqualTo("?".repeat(surrogate.length()));
    }

    @Test
    void null_does_not_leave_the_client() {
        String key = grid.freshKey();

        assertThatThrownBy(() -> kv.set(nothing(), "v"))
                .isInstanceOf(NullPointerException.class)
                .hasMessage("Null key is not allowed!");
        assertThatThrownBy(() -> kv.get(nothing())).isInstanceOf(NullPointerException.class);
        assertThatThrownBy(() -> kv.set(key, nothing()))
                .isInstanceOf(NullPointerException.class)
                .hasMessage("Null value is not allowed!");
        rows.assertNoRow("kv", key);
    }

    @SuppressWarnings("NullAway") // A caller who has no such check is the point.
    private static Object nothing() {
        return null;
    }
}
