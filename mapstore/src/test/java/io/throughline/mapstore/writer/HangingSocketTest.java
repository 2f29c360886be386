package io.throughline.mapstore.writer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.throughline.mapstore.fixture.EmbeddedGrid;
import io.throughline.mapstore.fixture.GridDatabase;
import io.throughline.mapstore.fixture.SharedShards;
import java.sql.Connection;
import java.sql.Statement;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(SharedShards.class)
class HangingSocketTest {

    /**
     * The lane has begun it on its own thread, and tries a second time after 4 s, in a socket that would be given up after 8 s.
     * With {@code BatchWriter.cutOff} taken out it has its answer then.
     */
    @Test
    void a_put_that_hangs_in_its_lanes_socket_is_answered_in_its_own_time(GridDatabase database) throws Exception {
        try (EmbeddedGrid grid = EmbeddedGrid.start(
                        database, 1, yaml -> yaml + "connections: {socket-timeout: 4s}\n" + "write: {timeout: 5s}\n");
                Connection other = database.connect("shard-1");
                Statement lock = other.createStatement()) {
            String key = grid.keyOn(grid.member(0), "shard-1");
            grid.kv().set(key, "before");
            other.setAutoCommit(false);
            lock.execute("LOCK TABLE kv.entries IN ACCESS EXCLUSIVE MODE");
            long begin = System.nanoTime();
            CompletableFuture<Void> put = grid.kv().setAsync(key, "hangs").toCompletableFuture();
            assertThatThrownBy(() -> put.get(20, TimeUnit.SECONDS)).hasMessageContaining("[UNKNOWN WRITE_TIMEOUT]");
            assertThat(Duration.ofNanos(System.nanoTime() - begin))
                    .isBetween(Duration.ofMillis(4_900), Duration.ofSeconds(7));
            other.rollback();
            grid.kv().set(key, "after");
            assertThat(grid.kv().get(key)).isEqualTo("after");
        }
    }
}
