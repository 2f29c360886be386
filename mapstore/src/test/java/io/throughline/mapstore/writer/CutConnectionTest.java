package io.throughline.mapstore.writer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.hazelcast.map.IMap;
import io.throughline.mapstore.attempt.Attempt;
import io.throughline.mapstore.attempt.AttemptEnvelope;
import io.throughline.mapstore.fixture.FaultProxy.Direction;
import io.throughline.mapstore.fixture.GridDatabase;
import io.throughline.mapstore.fixture.SharedShards;
import java.io.IOException;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Connections that die under a put: its answer is lost by the cut alone, never because the shard was slow to answer. */
@ExtendWith(SharedShards.class)
class CutConnectionTest {

    private ProxiedShard shard;

    @BeforeEach
    void start(GridDatabase database) throws IOException {
        shard = new ProxiedShard(
                database, "connections: {socket-timeout: 20s}\nwrite: {timeout: 40s}\nread: {timeout: 40s}\n");
    }

    @AfterEach
    void stop() throws IOException {
        shard.close();
    }

    /** Sent again, it could be taken twice: by then the row may have forgotten it. Its client asks the shard. */
    @Test
    void an_attempt_whose_answer_was_lost_is_not_sent_again_and_not_kept_in_memory() {
        IMap<String, Object> attempts = shard.grid.member(0).getMap("kv");
        long deadline = System.currentTimeMillis() + 60_000;
        shard.proxy.cutAfter(Direction.TO_CLIENT, 10);
        assertThatThrownBy(() -> attempts.set(shard.key, new AttemptEnvelope(new Attempt(deadline, 4), "attempt")))
                .hasMessageContaining("[UNKNOWN WRITE_TIMEOUT]")
                .hasMessageContaining("its answer was lost");
        assertThat(shard.row()).containsExactly("attempt");
        await().untilAsserted(() -> assertThat(attempts.get(shard.key)).isEqualTo("attempt"));
    }

    @Test
    void a_connection_that_dies_at_any_moment_of_a_batch_costs_a_retry_and_no_write() {
        Random random = new Random(7);
        for (int round = 0; round < 60; round++) {
            Direction direction = round % 2 == 0 ? Direction.TO_SERVER : Direction.TO_CLIENT;
            shard.proxy.cutAfter(direction, random.nextInt(direction == Direction.TO_SERVER ? 900 : 400));
            shard.grid.kv().set(shard.key, "round-" + round);
            assertThat(shard.row()).as("acknowledged in round " + round).containsExactly("round-" + round);
        }
    }
}
