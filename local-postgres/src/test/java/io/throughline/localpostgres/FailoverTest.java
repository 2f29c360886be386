package io.throughline.localpostgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.sql.SQLException;
import java.time.Duration;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.slf4j.LoggerFactory;

@ExtendWith(SharedShards.class)
class FailoverTest {

    @Test
    void a_killed_primary_is_replaced_without_the_loss_of_an_acknowledged_row(LocalShards shards) throws SQLException {
        replacesThePrimary(shards, "killed", shards::kill);
    }

    @Test
    void a_frozen_primary_is_replaced_without_the_loss_of_an_acknowledged_row(LocalShards shards) throws SQLException {
        replacesThePrimary(shards, "frozen", shards::pause);
    }

    private static void replacesThePrimary(LocalShards shards, String table, java.util.function.Consumer<Node> fault)
            throws SQLException {
        Rows rows = new Rows(shards, "shard-1", table);
        Node old = shards.shard("shard-1").primary();
        try (FailoverWatch watch = shards.watch();
                Writers writers = new Writers(rows, 8)) {
            await().until(() -> writers.count() > 2000);
            fault.accept(old);
            await().atMost(Duration.ofSeconds(30))
                    .until(() -> !shards.shard("shard-1").primary().name().equals(old.name()));
            int before = writers.count();
            await().atMost(Duration.ofSeconds(30)).until(() -> writers.count() > before + 2000);
            await().atMost(Duration.ofSeconds(60))
                    .until(() -> shards.shard("shard-1").standbys().size() == 2);
            Set<Long> acknowledged = writers.acknowledged();
            LoggerFactory.getLogger(FailoverTest.class)
                    .info("{} rows, longest pause {} ms", acknowledged.size(), writers.longestPauseMillis());
            assertThat(watch).isNotNull();
            for (Node node : shards.shard("shard-1").nodes()) {
                await().untilAsserted(
                                () -> assertThat(rows.on(node)).as(node.id()).containsAll(acknowledged));
            }
        }
    }
}
