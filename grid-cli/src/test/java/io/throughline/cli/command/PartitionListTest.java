package io.throughline.cli.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PartitionListTest {

    @Test
    void numbers_and_ranges_of_them() {
        assertThat(PartitionList.parse("0-2, 270,2", 271)).containsExactly(0, 1, 2, 270);
        assertThat(PartitionList.parse("", 271)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"271", "5-4", "-1", "1,", "a", "1-271"})
    void what_is_none_is_refused(String text) {
        assertThatThrownBy(() -> PartitionList.parse(text, 271)).hasMessageContaining("partition");
    }
}
