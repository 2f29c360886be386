package io.throughline.mapstore.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class KnownKeysTest {

    private static final List<String> KNOWN = List.of("pool-size", "connect-timeout", "socket-timeout", "name");

    @ParameterizedTest
    @ValueSource(strings = {"poolSize", "pool_size", "pol-size", "POOL-SIZE", "pool-sise", "pool", "pool-size-max"})
    void a_slip_of_the_pen_is_recognised(String written) {
        assertThat(KnownKeys.nearest(written, KNOWN)).contains("pool-size");
    }

    @Test
    void the_nearest_of_several_is_taken() {
        assertThat(KnownKeys.nearest("soket-timeout", KNOWN)).contains("socket-timeout");
    }

    @Test
    void what_is_like_nothing_gets_no_suggestion() {
        assertThat(KnownKeys.nearest("replication-factor", KNOWN)).isEmpty();
    }
}
