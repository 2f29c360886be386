package io.throughline.localpostgres.folder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.throughline.localpostgres.Role;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ShardRecordTest {

    private final ShardRecord fresh = new ShardRecord(
            "shard-1",
            true,
            0,
            WalPosition.START,
            List.of(
                    new NodeRecord("node-1", 15001, Role.PRIMARY),
                    new NodeRecord("node-2", 15002, Role.STANDBY),
                    new NodeRecord("node-3", 15003, Role.STANDBY)));

    @Test
    void a_promotion_makes_the_old_primary_stale_in_the_same_record() {
        ShardRecord after = fresh.promoted("node-2", WalPosition.parse("0/10"));
        assertThat(after.primary().name()).isEqualTo("node-2");
        assertThat(after.node("node-1").role()).isEqualTo(Role.STALE);
        assertThat(after.node("node-3").role()).isEqualTo(Role.STANDBY);
        assertThat(after.reign()).isEqualTo(1);
        assertThat(after.floor()).isEqualTo(WalPosition.parse("0/10"));
    }

    @Test
    void an_old_primary_cannot_be_promoted_before_it_was_cloned() {
        ShardRecord after = fresh.promoted("node-2", WalPosition.START);
        assertThatThrownBy(() -> after.promoted("node-1", WalPosition.START)).hasMessageContaining("STALE");
        assertThat(after.cloned("node-1")
                        .promoted("node-1", WalPosition.START)
                        .primary()
                        .name())
                .isEqualTo("node-1");
    }

    @Test
    void the_floor_only_rises() {
        ShardRecord after = fresh.spoiled("node-2", WalPosition.parse("0/20")).cloned("node-2");
        assertThat(after.spoiled("node-3", WalPosition.parse("0/10")).floor()).isEqualTo(WalPosition.parse("0/20"));
    }

    @Test
    void in_any_history_there_is_one_primary_and_the_text_reads_back_the_same() {
        Random random = new Random(20261124);
        for (int history = 0; history < 500; history++) {
            ShardRecord record = fresh;
            for (int step = 0; step < 20; step++) {
                record = changed(record, random);
                assertThat(record.nodes().stream().filter(node -> node.role() == Role.PRIMARY))
                        .hasSize(1);
                assertThat(StateText.read(StateText.write("18.4", List.of(record))))
                        .containsExactly(record);
            }
        }
    }

    private static ShardRecord changed(ShardRecord record, Random random) {
        NodeRecord node = record.nodes().get(random.nextInt(record.nodes().size()));
        WalPosition position = new WalPosition(random.nextLong());
        return switch (node.role()) {
            case PRIMARY -> record.withPort(node.name(), 15000 + random.nextInt(1000));
            case STANDBY ->
                random.nextBoolean() ? record.promoted(node.name(), position) : record.spoiled(node.name(), position);
            case STALE -> record.cloned(node.name());
        };
    }
}
