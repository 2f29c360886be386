package io.throughline.client;

import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.hazelcast.core.HazelcastInstance;
import com.hazelcast.map.IMap;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.throughline.mapstore.attempt.AttemptEnvelope;
import io.throughline.mapstore.config.GridConfigReader;
import io.throughline.mapstore.direct.DirectGrid;
import io.throughline.mapstore.direct.DirectMap;
import io.throughline.mapstore.direct.DirectOperation;
import io.throughline.mapstore.direct.Sending;
import io.throughline.mapstore.direct.SentAttempt;
import io.throughline.member.SharedGrid;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * An attempt that was given up, and arrives after what was acknowledged later. It is held at the member, by a lock on its
 * key, or in the middle of a batch in the database.
 */
@ExtendWith(SharedGrid.Once.class)
class LostUpdateTest {

    private static final int INTERLEAVINGS = Integer.getInteger("throughline.interleavings", 1_000);

    private static final List<Other> OTHERS = List.of(Other.values());

    private final SharedGrid grid;
    private HazelcastInstance attempting;
    private HazelcastInstance holding;
    private IMap<String, Object> attempts;
    private IMap<String, String> plain;
    private DirectGrid shards;
    private DirectMap rows;

    LostUpdateTest(SharedGrid grid) {
        this.grid = grid;
    }

    @BeforeEach
    void open() {
        attempting = grid.newClient();
        holding = grid.newClient();
        attempts = attempting.getMap("kv");
        plain = holding.getMap("kv");
        shards = DirectGrid.open(new GridConfigReader().read(TestClient.settings(grid, "")), new SimpleMeterRegistry());
        rows = shards.map("kv");
    }

    @AfterEach
    void close() {
        shards.close();
        attempting.shutdown();
        holding.shutdown();
    }

    private CompletableFuture<Void> send(String key, SentAttempt attempt, String value) {
        return attempts.setAsync(key, new AttemptEnvelope(attempt.attempt(), value))
                .toCompletableFuture();
    }

    private static Sending sending() {
        return new Sending(Duration.ofSeconds(15));
    }

    private @Nullable String row(String key) {
        List<String> values = grid.sqlOf(key).column("SELECT value FROM kv.entries WHERE key = ?", key);
        return values.isEmpty() || values.get(0).equals("null") ? null : values.get(0);
    }

    /** Of those that have one. */
    private Map<String, String> values(Set<String> keys) {
        Map<String, String> values = new HashMap<>();
        for (String shard : List.of("shard-1", "shard-2")) {
            grid.sql(shard)
                    .<String>column(
                            "SELECT key || '=' || value FROM kv.entries WHERE key = ANY (?) AND value IS NOT NULL",
                            (Object) keys.toArray(String[]::new))
                    .forEach(
                            row -> values.put(row.substring(0, row.indexOf('=')), row.substring(row.indexOf('=') + 1)));
        }
        return values;
    }

    @Test
    void the_map_gives_up_an_attempt_and_what_another_client_put_since_stays() {
        try (TestClient client = TestClient.of(grid).warmUp(grid)) {
            String key = grid.freshKey();
            plain.set(key, "old");
            plain.lock(key);
            assertThat(client.kv().put(key, "A")).isEqualTo(ServedBy.SHARD);
            plain.set(key, "B");
            plain.unlock(key);
            await().during(Duration.ofSeconds(1)).until(() -> "B".equals(row(key)));
            assertThat(plain.get(key)).isEqualTo("B");
            assertThat(client.kv().get(key)).isEqualTo(new Reading<>("B", ServedBy.SHARD));
        }
    }

    /** What another client does to the row. */
    private enum Other {
        PLAIN_PUT,
        PLAIN_DELETE,
        DIRECT_PUT,
        DIRECT_REMOVE
    }

    /** What happens after the attempt was sent, in any order. */
    private enum Step {
        FALL_BACK,
        OTHER,
        LET_THROUGH
    }

    @Test
    void in_every_order_the_last_that_was_acknowledged_stays() throws Exception {
        List<Interleaving> all = new ArrayList<>();
        ExecutorService clients = Executors.newFixedThreadPool(4); // a lock belongs to a thread
        try {
            List<Future<Interleaving>> running = new ArrayList<>();
            for (int number = 0; number < INTERLEAVINGS; number++) {
                int round = number;
                running.add(clients.submit(() -> new Interleaving(round).run()));
            }
            for (Future<Interleaving> each : running) {
                all.add(each.get());
            }
        } finally {
            clients.shutdownNow();
        }
        Map<String, String> rows = values(all.stream().map(each -> each.key).collect(toSet()));
        all.forEach(each -> assertThat(rows.get(each.key)).as(each.story).isEqualTo(each.expected));
        // Both ways: let through before the fallback, and after it.
        assertThat(all.stream().filter(each -> each.landed).count())
                .isBetween(INTERLEAVINGS / 4L, INTERLEAVINGS * 3L / 4);
    }

    /** One key's story. */
    private final class Interleaving {

        private final String key = grid.freshKey();
        private final String story;
        private final List<Step> steps = new ArrayList<>(List.of(Step.values()));
        private final Other other;
        private final boolean rowExists;
        private final DirectOperation operation = rows.put(key, "A");
        // Long, so that no pause of this machine makes another client's deadline a later one.
        private final SentAttempt attempt = operation.attempt(Duration.ofSeconds(10));
        private @Nullable String expected;
        private boolean landed;

        Interleaving(int round) {
            Random random = new Random(round);
            Collections.shuffle(steps, random);
            other = OTHERS.get(random.nextInt(OTHERS.size()));
            rowExists = random.nextBoolean();
            story = "round " + round + ", row " + (rowExists ? "exists" : "is new") + ", " + steps + " with " + other;
        }

        Interleaving run() throws Exception {
            if (rowExists) {
                plain.set(key, "old");
                expected = "old";
            }
            plain.lock(key);
            CompletableFuture<Void> sent = send(key, attempt, "A");
            boolean fellBack = false;
            for (Step step : steps) {
                switch (step) {
                    case FALL_BACK -> {
                        assertThat(operation.run(attempt, sending()).applied())
                                .as(story)
                                .isTrue();
                        plain.evict(key);
                        fellBack = true;
                        expected = landed ? expected : "A";
                    }
                    case OTHER -> expected = otherClient();
                    case LET_THROUGH -> {
                        plain.unlock(key);
                        landed = wasWritten(sent);
                        assertThat(landed).as(story).isEqualTo(!fellBack);
                        expected = landed ? "A" : expected;
                    }
                }
            }
            assertThat(plain.get(key)).as(story).isEqualTo(expected);
            return this;
        }

        private @Nullable String otherClient() {
            switch (other) {
                case PLAIN_PUT -> plain.set(key, "B");
                case PLAIN_DELETE -> plain.delete(key);
                case DIRECT_PUT -> {
                    rows.put(key, "B").run(null, sending());
                    plain.evict(key);
                }
                case DIRECT_REMOVE -> {
                    rows.remove(key).run(null, sending());
                    plain.evict(key);
                }
            }
            return other == Other.PLAIN_PUT || other == Other.DIRECT_PUT ? "B" : null;
        }
    }

    private static boolean wasWritten(CompletableFuture<Void> sent) throws Exception {
        try {
            sent.get(30, TimeUnit.SECONDS);
            return true;
        } catch (ExecutionException refused) {
            assertThat(refused).hasMessageContaining("ATTEMPT_");
            return false;
        }
    }

    /** It was read and built upon by another client meanwhile. */
    @Test
    void an_attempt_that_landed_and_its_fallback_take_effect_once() throws Exception {
        String key = grid.freshKey();
        DirectOperation operation = rows.put(key, "A");
        SentAttempt attempt = operation.attempt(Duration.ofMillis(250));
        send(key, attempt, "A").get(30, TimeUnit.SECONDS);
        assertThat(rows.replace(key, "A", "A and B").run(null, sending()).applied())
                .isTrue();
        assertThat(operation.run(attempt, sending()).applied()).isTrue();
        assertThat(row(key)).isEqualTo("A and B");
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void an_attempt_held_in_the_middle_of_its_batch_in_the_database_is_refused_when_it_gets_to_its_row(
            boolean rowExists) throws Exception {
        List<String> keys = keysOfOneLane(3);
        String first = keys.get(0);
        String before = keys.get(1);
        String key = keys.get(2);
        keys.forEach(each -> plain.set(each, "old"));
        if (!rowExists) {
            plain.delete(key);
        }
        CompletableFuture<Void> sent;
        DirectOperation operation = rows.put(key, "A");
        SentAttempt attempt = operation.attempt(Duration.ofMillis(250));
        try (Connection holdsBefore = holding(before)) {
            CompletableFuture<Void> fillsTheLane;
            CompletableFuture<Void> waitsBefore;
            try (Connection holdsFirst = holding(first)) {
                fillsTheLane = plain.setAsync(first, "new").toCompletableFuture();
                awaitLockWaits(key, 1);
                waitsBefore = send(before, rows.put(before, "new").attempt(Duration.ofSeconds(5)), "new");
                sent = send(key, attempt, "A");
                awaitQueued(2);
                assertThat(holdsFirst.isClosed()).isFalse();
            }
            fillsTheLane.get(30, TimeUnit.SECONDS);
            awaitLockWaits(key, 1); // the batch with both, at the row before
            assertThat(operation.run(attempt, sending()).applied()).isTrue();
            assertThat(rows.put(key, "B").run(null, sending()).applied()).isTrue();
            assertThat(waitsBefore).isNotDone();
            assertThat(holdsBefore.isClosed()).isFalse();
        }
        assertThatThrownBy(() -> sent.get(30, TimeUnit.SECONDS)).hasMessageContaining("ATTEMPT_");
        assertThat(row(key)).isEqualTo("B");
    }

    /** In the order in which a batch locks their rows. */
    private List<String> keysOfOneLane(int count) {
        String shard = "shard-1";
        return grid.freshKeysOn(shard, 100).stream()
                .filter(key -> grid.ownerOf(key).equals(grid.member(1)))
                .limit(count)
                .sorted()
                .toList();
    }

    private Connection holding(String key) throws SQLException {
        Connection holder =
                grid.shards().connect(grid.shards().shard(grid.shardOf(key)).primary());
        holder.setAutoCommit(false);
        try (PreparedStatement lock = holder.prepareStatement("SELECT FROM kv.entries WHERE key = ? FOR UPDATE")) {
            lock.setString(1, key);
            lock.executeQuery();
        }
        return holder;
    }

    private void awaitLockWaits(String key, int count) {
        await().until(() -> grid.sqlOf(key)
                        .count("SELECT count(*) FROM pg_stat_activity WHERE application_name = 'throughline member'"
                                + " AND wait_event_type = 'Lock'")
                == count);
    }

    private void awaitQueued(int count) {
        await().until(() -> grid.metrics(1).sum("throughline_queue_waiting") >= count);
    }
}
