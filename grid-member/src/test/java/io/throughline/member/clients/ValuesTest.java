package io.throughline.member.clients;

import static org.assertj.core.api.Assertions.assertThat;

import com.hazelcast.core.HazelcastJsonValue;
import com.hazelcast.map.IMap;
import com.hazelcast.query.Predicate;
import com.hazelcast.query.Predicates;
import io.throughline.member.SharedGrid;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Keys and values at their limits come back as they were. */
@ExtendWith(SharedGrid.Once.class)
class ValuesTest {

    private static final int MAX_VALUE_BYTES = 1 << 20;
    private static final int MAX_KEY_BYTES = 512;

    private final SharedGrid grid;
    private final IMap<String, String> kv;
    private final IMap<String, HazelcastJsonValue> documents;
    private final IMap<String, byte[]> blobs;
    private final Rows rows;
    private final String key;

    ValuesTest(SharedGrid grid) {
        this.grid = grid;
        this.kv = grid.client().getMap("kv");
        this.documents = grid.client().getMap("documents");
        this.blobs = grid.client().getMap("blobs");
        this.rows = new Rows(grid);
        this.key = grid.freshKey();
    }

    static Stream<String> texts() {
        return Stream.of(
                "",
                "àéîõü ÀÉÎÕÜ ß",
                "Ελλάδα Україна 日本語 한국어 עברית العربية हिन्दी",
                "😀 𝄞 𐍈 👩‍👩‍👧‍👦",
                "e\u0301 a\u030a, not normalised",
                "\"quotes\" 'single' \\back\\ $1 %s ; -- {\"a\":1} NULL null {}",
                "\u0001\t\r\n\u001f\u007f\u0085\u2028\ufeff",
                "  blank  ",
                "\uffff");
    }

    @ParameterizedTest
    @MethodSource("texts")
    void text_comes_back_as_it_was(String text) {
        kv.set(key, text);

        rows.assertRow("kv", key, text);
        kv.evict(key);
        assertThat(kv.get(key)).isEqualTo(text);
    }

    @ParameterizedTest
    @MethodSource("texts")
    void text_is_a_key_as_it_was(String text) {
        String unicode = text + key;

        kv.set(unicode, "v");

        rows.assertRow("kv", unicode, "v");
        kv.evict(unicode);
        assertThat(kv.getAll(Set.of(unicode))).isEqualTo(Map.of(unicode, "v"));
        kv.delete(unicode);
        rows.assertNoRow("kv", unicode);
    }

    /** Hazelcast has a strategy that reads a partition from behind the @; the grid takes the whole key. */
    @ParameterizedTest
    @ValueSource(strings = {"user@", "@", "a@b@"})
    void a_key_with_an_at_sign_is_one_key_like_any_other(String at) {
        String atEnd = key + at;
        Map<String, String> entries = Map.of(at + key, "1", atEnd, "2", at + at + key, "3");

        kv.putAll(entries);

        entries.forEach((written, value) -> rows.assertRow("kv", written, value));
        entries.keySet().forEach(kv::evict);
        assertThat(kv.getAll(entries.keySet())).isEqualTo(entries);
    }

    @ParameterizedTest
    @ValueSource(strings = {"a", "é", "日", "😀"})
    void the_longest_key_has_512_bytes(String character) {
        String longest = padded(key, character, MAX_KEY_BYTES);

        kv.set(longest, "v");

        rows.assertRow("kv", longest, "v");
    }

    @ParameterizedTest
    @ValueSource(strings = {"a", "é", "日", "😀"})
    void the_largest_text_has_1_mib(String character) {
        String largest = padded("", character, MAX_VALUE_BYTES);

        kv.set(key, largest);

        rows.assertRow("kv", key, largest);
        kv.evict(key);
        assertThat(kv.get(key)).isEqualTo(largest);
    }

    private static String padded(String start, String character, int bytes) {
        int room = bytes - start.length();
        int width = utf8(character);
        String padded = start + character.repeat(room / width) + "x".repeat(room % width);
        assertThat(utf8(padded)).isEqualTo(bytes);
        return padded;
    }

    private static int utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8).length;
    }

    static Stream<String> jsonTexts() {
        return Stream.of(
                " { \"a\" :\t1 ,\r\n \"b\": [ ] } ",
                "{\"b\":1,\"a\":2,\"b\":3}",
                "[1.0, 1.00, 1e2, 1E+2, -0, 12345678901234567890.123456789012345678901]",
                "\"\\u00e9\\/\\ud83d\\ude00\\t\"",
                "{\"nul\":\"\\u0000\",\"lone\":\"\\ud800\"}",
                "{\"ключ\":\"значение 😀\"}",
                "\"\"",
                "5",
                "null",
                "{}",
                "[".repeat(500) + "]".repeat(500),
                "\"" + "x".repeat(MAX_VALUE_BYTES - 2) + "\"",
                "{\"n\":" + "9".repeat(5000) + "}");
    }

    @ParameterizedTest
    @MethodSource("jsonTexts")
    void json_comes_back_byte_for_byte(String json) {
        documents.set(key, new HazelcastJsonValue(json));

        rows.assertRow("documents", key, json);
        assertThat(documents.get(key)).hasToString(json);
        documents.evict(key);
        assertThat(documents.get(key)).hasToString(json);
    }

    @Test
    void predicates_see_the_documents_that_are_in_memory() {
        Map<String, HazelcastJsonValue> people = new HashMap<>();
        String ada = person(people, "Ada", 1815, "London");
        person(people, "Alan", 1912, "London");
        person(people, "Grace", 1906, "New York");
        documents.putAll(people);

        assertThat(names(Predicates.greaterThan("born", 1900))).containsExactlyInAnyOrder("Alan", "Grace");
        assertThat(names(Predicates.equal("at.city", "London"))).containsExactlyInAnyOrder("Ada", "Alan");
        assertThat(names(Predicates.sql("name LIKE 'A%' AND born > 1900"))).containsExactly("Alan");

        documents.evict(ada);
        assertThat(names(Predicates.equal("at.city", "London")))
                .as("what only the shard has")
                .containsExactly("Alan");
        assertThat(documents.get(ada)).isEqualTo(people.get(ada));
        assertThat(names(Predicates.equal("at.city", "London"))).containsExactlyInAnyOrder("Ada", "Alan");
    }

    private String person(Map<String, HazelcastJsonValue> people, String name, int born, String city) {
        String person = grid.freshKey();
        people.put(
                person,
                new HazelcastJsonValue("{\"test\": \"%s\", \"name\": \"%s\", \"born\": %d, \"at\": {\"city\": \"%s\"}}"
                        .formatted(key, name, born, city)));
        return person;
    }

    private List<String> names(Predicate<String, HazelcastJsonValue> predicate) {
        Predicate<String, HazelcastJsonValue> ofThisTest = Predicates.equal("test", key);
        return documents.values(Predicates.and(ofThisTest, predicate)).stream()
                .map(document -> document.toString().replaceAll(".*\"name\": \"(\\w+)\".*", "$1"))
                .toList();
    }

    @Test
    void bytes_come_back_as_they_were() {
        byte[] everyByte = new byte[256];
        IntStream.range(0, 256).forEach(value -> everyByte[value] = (byte) value);
        byte[] largest = new byte[MAX_VALUE_BYTES];
        ThreadLocalRandom.current().nextBytes(largest);

        for (byte[] value : List.of(new byte[0], everyByte, new byte[7], largest)) {
            blobs.set(key, value);
            rows.assertRow("blobs", key, value);
            blobs.evict(key);
            assertThat(blobs.get(key)).isEqualTo(value);
        }
    }
}
