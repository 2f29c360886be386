package io.throughline.localpostgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.throughline.localpostgres.LocalPostgresException.Code;
import java.nio.file.Path;
import java.time.Duration;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

class LocalShardsConfigTest {

    private final LocalShardsConfig config = LocalShardsConfig.in(Path.of("grid"));

    @Test
    void it_begins_with_two_shards_and_any_one_standby() {
        assertThat(config.shards()).isEqualTo(2);
        assertThat(config.synchronous()).isEqualTo(Synchronous.ANY_1);
        assertThat(config.ports()).isEmpty();
        assertThat(config.directory()).isAbsolute();
    }

    @Test
    void what_cannot_be_is_refused_with_the_bound() {
        refused(() -> config.withShards(0), "1 to 64");
        refused(() -> config.withShards(65), "1 to 64");
        refused(() -> config.withShards(1).withPorts(15001, 15002), "2 ports are given for 3 nodes");
        refused(() -> config.withShards(1).withPorts(15001, 15002, 15002), "each must be another");
        refused(() -> config.withShards(1).withPorts(15001, 15002, 80), "1024 to 65535");
        refused(() -> config.withFirstPort(70000), "1024 to 65535");
        refused(() -> config.withStartTimeout(Duration.ofMillis(10)), "a second or more");
        refused(() -> new WatchConfig(Duration.ZERO, Duration.ofSeconds(1), 3, Duration.ofSeconds(1)), "interval");
        refused(
                () -> new WatchConfig(Duration.ofSeconds(1), Duration.ofSeconds(1), 0, Duration.ofSeconds(1)),
                "badLooks");
    }

    private static void refused(ThrowingCallable attempt, String words) {
        assertThatThrownBy(attempt)
                .isInstanceOfSatisfying(
                        LocalPostgresException.class,
                        refusal -> assertThat(refusal.code()).isEqualTo(Code.INVALID_CONFIG))
                .hasMessageContaining(words);
    }
}
