package io.throughline.cli.sizing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class QuantitiesTest {

    @Test
    void bytes_are_read_as_people_write_them() {
        assertThat(ByteCount.parse("200").bytes()).isEqualTo(200);
        assertThat(ByteCount.parse("200B").bytes()).isEqualTo(200);
        assertThat(ByteCount.parse("16KiB").bytes()).isEqualTo(16_384);
        assertThat(ByteCount.parse("1.5m").bytes()).isEqualTo(1_572_864);
        assertThat(ByteCount.parse("2 GB").bytes()).isEqualTo(2L << 30);
        assertThatThrownBy(() -> ByteCount.parse("many")).hasMessageContaining("'many'");
        assertThatThrownBy(() -> ByteCount.parse("-1")).hasMessageContaining("'-1'");
    }

    @Test
    void bytes_are_written_with_the_unit_that_fits() {
        assertThat(new ByteCount(0)).hasToString("0 B");
        assertThat(new ByteCount(1_023)).hasToString("1023 B");
        assertThat(new ByteCount(1_536)).hasToString("1.5 KiB");
        assertThat(new ByteCount(51_750_000)).hasToString("49 MiB");
    }

    @Test
    void durations_have_a_unit_or_are_seconds() {
        assertThat(TimeSpan.parse("250ms").duration()).isEqualTo(Duration.ofMillis(250));
        assertThat(TimeSpan.parse("5").duration()).isEqualTo(Duration.ofSeconds(5));
        assertThat(TimeSpan.parse("2m").duration()).isEqualTo(Duration.ofMinutes(2));
        assertThat(TimeSpan.parse("1h").duration()).isEqualTo(Duration.ofHours(1));
        assertThatThrownBy(() -> TimeSpan.parse("soon")).hasMessageContaining("'soon'");
    }
}
