package io.throughline.bench.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class StampedValuesTest {

    private static final KeyNames NAMES = new KeyNames("k3x9q1", 100_000);

    @ParameterizedTest
    @ValueSource(ints = {41, 42, 200, 70_000})
    void a_value_has_the_length_that_was_asked_for_and_gives_back_its_version(int length) {
        StampedValues values = new StampedValues(NAMES, length);
        for (int version : new int[] {1, 2, 99_999, Integer.MAX_VALUE}) {
            String value = values.of(42, version);
            assertThat(value.getBytes(StandardCharsets.UTF_8)).hasSize(length);
            assertThat(values.version(42, value)).hasValue(version);
        }
    }

    @Test
    void a_value_that_was_changed_anywhere_cut_or_lengthened_has_no_version() {
        StampedValues values = new StampedValues(NAMES, 200);
        String value = values.of(42, 7);
        for (int at = 0; at < value.length(); at++) {
            if (value.charAt(at) != ' ') {
                String changed = value.substring(0, at) + '~' + value.substring(at + 1);
                assertThat(values.version(42, changed)).isEmpty();
            }
        }
        assertThat(values.version(42, value.substring(1))).isEmpty();
        assertThat(values.version(42, value + "a")).isEmpty();
        assertThat(values.version(42, "")).isEmpty();
    }

    @Test
    void a_value_of_another_key_or_run_has_no_version_for_this_key() {
        StampedValues values = new StampedValues(NAMES, 200);
        StampedValues otherRun = new StampedValues(new KeyNames("aaaaaa", 100_000), 200);
        assertThat(values.version(42, values.of(43, 7))).isEmpty();
        assertThat(values.version(42, otherRun.of(42, 7))).isEmpty();
    }

    @Test
    void a_value_too_short_for_its_stamp_is_refused() {
        assertThat(StampedValues.shortest(NAMES)).isEqualTo(41);
        assertThatThrownBy(() -> new StampedValues(NAMES, 40)).hasMessageContaining("41 bytes");
    }

    @Test
    void names_are_in_the_order_of_their_numbers_and_give_them_back() {
        for (int key : new int[] {0, 1, 9, 10, 99_999}) {
            assertThat(NAMES.number(NAMES.name(key))).hasValue(key);
            assertThat(NAMES.name(key)).isGreaterThan(NAMES.prefix()).isLessThan(NAMES.end());
        }
        assertThat(NAMES.name(9)).isLessThan(NAMES.name(10));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"load-k3x9q1-00100000", "load-k3x9q1-0000001", "load-k3x9q2-00000001", "load-k3x9q1-0000000a", ""
            })
    void a_name_that_is_not_of_this_run_has_no_number(String name) {
        assertThat(NAMES.number(name)).isEmpty();
    }
}
