package io.throughline.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import io.throughline.localpostgres.Node;
import io.throughline.mapstore.ErrorCode;
import io.throughline.mapstore.ThroughlineException;
import io.throughline.mapstore.UnknownOutcomeException;
import io.throughline.member.SharedGrid;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A shard that hangs while every member is well. */
@ExtendWith(SharedGrid.Once.class)
class ShardDownTest {

    private static final String LIMITS = """
            connections: {socket-timeout: 1s, connect-timeout: 1s}
            fallback: {direct-timeout: 3s, connections: 3, queue-limit: 100}
            """;

    private final SharedGrid grid;

    ShardDownTest(SharedGrid grid) {
        this.grid = grid;
    }

    @AfterEach
    void restore() {
        grid.restore();
    }

    @Test
    void its_puts_fail_as_the_shards_and_the_other_shards_puts_go_through_the_cache() throws Exception {
        try (TestClient client = TestClient.of(grid, LIMITS).warmUp(grid)) {
            ResilientMap<String> kv = client.kv();
            List<String> sick = grid.freshKeysOn("shard-1", 600);
            List<String> healthy = grid.freshKeysOn("shard-2", 200);
            Node primary = grid.shards().shard("shard-1").primary();
            grid.shards().pause(primary);

            long begun = System.nanoTime();
            ThroughlineException failure =
                    catchThrowableOfType(UnknownOutcomeException.class, () -> kv.put(sick.get(0), "v"));
            assertThat(failure).hasMessageContaining("shard-1").hasMessageContaining(sick.get(0));
            assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(Duration.ofSeconds(8));

            List<CompletableFuture<ServedBy>> puts = new ArrayList<>();
            sick.forEach(key -> puts.add(kv.putAsync(key, "v").toCompletableFuture()));
            assertThat(healthy.stream().filter(key -> kv.put(key, "v") == ServedBy.CACHE))
                    .as("neither the members' breakers nor their puts know of the other shard; this machine may pause")
                    .hasSizeGreaterThan(healthy.size() * 9 / 10);
            Map<ErrorCode, Integer> failures = new EnumMap<>(ErrorCode.class);
            for (CompletableFuture<ServedBy> put : puts) {
                failures.merge(codeOf(put), 1, Integer::sum);
            }
            assertThat(failures).containsKey(ErrorCode.OVERLOADED);
            assertThat(failures.values().stream().mapToInt(Integer::intValue).sum())
                    .isEqualTo(sick.size());
            assertThat(client.meters()
                            .get("hikaricp.connections")
                            .tag("pool", "shard-1")
                            .gauge()
                            .value())
                    .as("no storm")
                    .isLessThanOrEqualTo(3);

            grid.shards().resume(primary);
            await().atMost(Duration.ofSeconds(30))
                    .ignoreExceptions()
                    .until(() -> kv.put(sick.get(1), "after") == ServedBy.CACHE);
            assertThat(kv.get(sick.get(1)).value()).isEqualTo("after");
        }
    }

    private static ErrorCode codeOf(CompletableFuture<ServedBy> put) throws Exception {
        try {
            throw new AssertionError("served by " + put.get(60, TimeUnit.SECONDS));
        } catch (ExecutionException e) {
            return ((ThroughlineException) Objects.requireNonNull(e.getCause())).code();
        }
    }
}
