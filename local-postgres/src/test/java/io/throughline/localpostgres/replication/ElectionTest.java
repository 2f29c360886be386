package io.throughline.localpostgres.replication;

import static org.assertj.core.api.Assertions.assertThat;

import io.throughline.localpostgres.folder.WalPosition;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ElectionTest {

    private static final WalPosition FLOOR = WalPosition.parse("0/1000");

    @Test
    void the_standby_that_received_most_is_taken() {
        Election.Outcome outcome = Election.hold(Map.of("node-2", at("0/2000"), "node-3", at("1/0")), FLOOR);
        assertThat(outcome.refused()).isFalse();
        assertThat(outcome.node()).isEqualTo("node-3");
        assertThat(outcome.position()).isEqualTo(WalPosition.parse("1/0"));
    }

    @Test
    void of_two_that_received_the_same_the_first_is_taken() {
        assertThat(Election.hold(Map.of("node-3", at("0/2000"), "node-2", at("0/2000")), FLOOR)
                        .node())
                .isEqualTo("node-2");
    }

    @Test
    void no_one_is_taken_while_one_cannot_be_asked() {
        Election.Outcome outcome = Election.hold(Map.of("node-2", at("0/2000"), "node-3", Optional.empty()), FLOOR);
        assertThat(outcome.refused()).isTrue();
        assertThat(outcome.refusal()).contains("node-3");
    }

    @Test
    void a_standby_below_the_floor_is_not_taken() {
        Election.Outcome outcome = Election.hold(Map.of("node-2", at("0/FFF")), FLOOR);
        assertThat(outcome.refused()).isTrue();
        assertThat(outcome.refusal()).contains("0/FFF", "0/1000");
    }

    @Test
    void a_standby_at_the_floor_is_taken() {
        assertThat(Election.hold(Map.of("node-2", at("0/1000")), FLOOR).node()).isEqualTo("node-2");
    }

    @Test
    void without_a_standby_no_one_is_taken() {
        assertThat(Election.hold(Map.of(), FLOOR).refused()).isTrue();
    }

    private static Optional<WalPosition> at(String position) {
        return Optional.of(WalPosition.parse(position));
    }
}
