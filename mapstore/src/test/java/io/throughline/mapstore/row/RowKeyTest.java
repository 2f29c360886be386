package io.throughline.mapstore.row;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RowKeyTest {

    @ParameterizedTest
    @ValueSource(strings = {"a", "ключ", "鍵", "🔑", "with space", "a/b:c"})
    void text_of_every_script_is_a_key(String key) throws InvalidRowException {
        assertThat(RowKey.check(key)).isEqualTo(key);
    }

    @ParameterizedTest
    @ValueSource(strings = {"a", "é", "鍵", "🔑", "mixed é鍵🔑"})
    void the_length_is_counted_in_bytes_of_utf_8(String text) {
        assertThat(RowText.utf8Bytes(text)).isEqualTo(text.getBytes(StandardCharsets.UTF_8).length);
    }

    @Test
    void a_key_has_1_to_512_bytes() throws InvalidRowException {
        assertThat(RowKey.check("é".repeat(256))).hasSize(256);
        assertThatThrownBy(() -> RowKey.check("é".repeat(256) + "a")).hasMessageContaining("513 bytes");
        assertThatThrownBy(() -> RowKey.check("")).hasMessageContaining("0 bytes");
    }

    @ParameterizedTest
    @ValueSource(strings = {"\ud83d", "a\udd11", "\udd11\ud83d", "x\ud83dy"})
    void a_lone_surrogate_is_no_key(String key) {
        assertThatThrownBy(() -> RowKey.check(key)).hasMessageContaining("lone surrogate");
    }

    @Test
    void a_nul_is_no_key() {
        assertThatThrownBy(() -> RowKey.check("a\0b")).hasMessageContaining("NUL at index 1");
    }

    @Test
    void a_number_is_no_key() {
        assertThatThrownBy(() -> RowKey.check(42)).hasMessageContaining("java.lang.Integer");
    }

    @Test
    void bytes_are_no_key_and_are_named_as_java_writes_them() {
        assertThatThrownBy(() -> RowKey.check(new byte[] {1})).hasMessageContaining("the key is a byte[]");
        assertThat(RowKey.text(new byte[] {1})).isEqualTo("byte[]");
    }

    @Test
    void an_error_shows_a_key_on_one_short_line() {
        assertThat(RowKey.shown("a\nb\0\ud83d")).isEqualTo("'a\\u000ab\\u0000\\ud83d'");
        assertThat(RowKey.shown("k".repeat(500))).hasSizeLessThan(90).endsWith("…'");
    }
}
