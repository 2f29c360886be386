package io.throughline.localpostgres.folder;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class WalPositionTest {

    @Test
    void it_is_read_and_written_as_postgres_does() {
        assertThat(WalPosition.parse("16/B374D848").bytes()).isEqualTo(0x16_B374_D848L);
        assertThat(WalPosition.parse("16/B374D848")).hasToString("16/B374D848");
        assertThat(WalPosition.parse("0/0")).isEqualTo(WalPosition.START);
    }

    @Test
    void the_upper_half_weighs_more() {
        assertThat(WalPosition.parse("0/FFFFFFFF").before(WalPosition.parse("1/0")))
                .isTrue();
        assertThat(WalPosition.parse("7FFFFFFF/0").before(WalPosition.parse("80000000/0")))
                .isTrue();
        assertThat(WalPosition.parse("1/0").before(WalPosition.parse("1/0"))).isFalse();
    }
}
