package io.throughline.mapstore.row;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.hazelcast.core.HazelcastJsonValue;
import io.throughline.mapstore.ErrorCode;
import io.throughline.mapstore.config.GridMapConfig;
import io.throughline.mapstore.config.ValueFormat;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ValueCodecTest {

    private static final int MAX = 1 << 20;

    private final ValueCodec text = codec(ValueFormat.TEXT);
    private final ValueCodec json = codec(ValueFormat.JSON);
    private final ValueCodec binary = codec(ValueFormat.BINARY);

    private static ValueCodec codec(ValueFormat format) {
        return ValueCodec.of(new GridMapConfig("m", format, "m", MAX));
    }

    @Test
    void a_value_comes_back_as_it_was() throws InvalidRowException {
        assertThat(text.fromColumn(text.toColumn("héllo").column())).isEqualTo("héllo");
        assertThat(text.fromColumn(text.toColumn("").column())).isEqualTo("");
        HazelcastJsonValue document = new HazelcastJsonValue("{ \"b\": 1,  \"a\": [] }");
        assertThat(json.fromColumn(json.toColumn(document).column())).isEqualTo(document);
        assertThat(binary.fromColumn(binary.toColumn(new byte[] {0, -1}).column()))
                .isEqualTo(new byte[] {0, -1});
    }

    @Test
    void a_value_of_another_type_is_refused() {
        assertRefused(() -> text.toColumn(1), ErrorCode.VALUE_TYPE, "java.lang.Integer");
        assertRefused(() -> json.toColumn("{}"), ErrorCode.VALUE_TYPE, "HazelcastJsonValue");
        assertRefused(() -> binary.toColumn("x"), ErrorCode.VALUE_TYPE, "byte[]");
    }

    @Test
    void a_value_may_have_max_bytes_and_not_one_more() throws InvalidRowException {
        assertThat(text.toColumn("x".repeat(MAX)).bytes()).isEqualTo(MAX);
        assertThat(binary.toColumn(new byte[MAX]).bytes()).isEqualTo(MAX);
        assertRefused(() -> text.toColumn("x".repeat(MAX - 1) + "é"), ErrorCode.VALUE_TOO_LARGE, "max-value-bytes");
        assertRefused(() -> binary.toColumn(new byte[MAX + 1]), ErrorCode.VALUE_TOO_LARGE, "1048577");
    }

    @Test
    void text_that_postgresql_would_change_is_refused() {
        assertRefused(() -> text.toColumn("a\0"), ErrorCode.VALUE_TEXT_INVALID, "NUL");
        assertRefused(() -> text.toColumn("a\ud83d"), ErrorCode.VALUE_TEXT_INVALID, "lone surrogate");
        assertRefused(
                () -> json.toColumn(new HazelcastJsonValue("\"\ud83d\"")), ErrorCode.VALUE_TEXT_INVALID, "surrogate");
    }

    @ParameterizedTest
    @ValueSource(strings = {"{}", "[]", "1", "\"x\"", "null", "true", " {\"a\": [1, 2e9, \"\\u0000\"]} ", "1e400"})
    void json_of_every_kind_is_a_value(String document) throws InvalidRowException {
        assertThat(json.toColumn(new HazelcastJsonValue(document)).column()).isEqualTo(document);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", " ", "{", "{]", "{\"a\":}", "{'a':1}", "{} {}", "NaN", "01", "{\"a\":1,}", "tru", "\"\n\""})
    void malformed_json_is_refused(String document) {
        assertRefused(() -> json.toColumn(new HazelcastJsonValue(document)), ErrorCode.VALUE_JSON_INVALID, "the value");
    }

    @Test
    void deeply_nested_json_is_refused() {
        HazelcastJsonValue deep = new HazelcastJsonValue("[".repeat(100_000) + "]".repeat(100_000));
        assertRefused(() -> json.toColumn(deep), ErrorCode.VALUE_JSON_INVALID, "nested deeper");
    }

    /** Jackson took 150 of them for an attack on its table of names, and the value was refused as nested too deep. */
    @Test
    void a_thousand_names_of_one_hash_are_names() throws InvalidRowException {
        StringBuilder document = new StringBuilder("{");
        for (int name = 0; name < 1024; name++) {
            document.append(name == 0 ? "\"" : ",\"");
            for (int bit = 0; bit < 10; bit++) {
                document.append((name >> bit & 1) == 0 ? "Ab" : "BA");
            }
            document.append("\":1");
        }
        document.append("}");

        assertThat(json.toColumn(new HazelcastJsonValue(document.toString())).column())
                .isEqualTo(document.toString());
    }

    private static void assertRefused(ThrowingCallable call, ErrorCode code, String words) {
        assertThatThrownBy(call).isInstanceOfSatisfying(InvalidRowException.class, refused -> {
            assertThat(refused.code()).isEqualTo(code);
            assertThat(refused.fault()).contains(words);
        });
    }
}
