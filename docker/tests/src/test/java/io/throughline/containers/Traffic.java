package io.throughline.containers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.hazelcast.map.IMap;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Puts that fall due at a steady rate, each of a key of its own, whatever became of those before: what the grid said to each,
 * and how long that took. Thread-safe.
 */
final class Traffic implements AutoCloseable {

    private static final Duration INTERVAL = Duration.ofMillis(20);
    private static final Duration MORE_WITHIN = Duration.ofSeconds(60);
    private static final Duration ANSWERED_WITHIN = Duration.ofSeconds(30);
    private static final Duration CAUGHT_UP_WITHIN = Duration.ofSeconds(90);

    private final IMap<String, String> map;
    private final String prefix;
    private final AtomicInteger puts = new AtomicInteger();
    private final Map<String, Instant> underWay = new ConcurrentHashMap<>();
    private final Map<String, Duration> acknowledged = new ConcurrentHashMap<>();
    private final Map<String, Throwable> failed = new ConcurrentHashMap<>();
    private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor();
    private final ScheduledFuture<?> schedule;

    private Traffic(ComposeGrid grid) {
        this.map = grid.kv();
        this.prefix = grid.freshPrefix();
        this.schedule = clock.scheduleAtFixedRate(this::put, 0, INTERVAL.toMillis(), TimeUnit.MILLISECONDS);
    }

    static Traffic on(ComposeGrid grid) {
        return new Traffic(grid);
    }

    private void put() {
        String key = prefix + puts.incrementAndGet();
        Instant due = Instant.now();
        underWay.put(key, due);
        var unused = send(key)
                .whenCompleteAsync(
                        (nothing, failure) -> {
                            if (failure == null) {
                                acknowledged.put(key, Duration.between(due, Instant.now()));
                            } else {
                                failed.put(key, failure);
                            }
                            underWay.remove(key);
                        },
                        clock);
    }

    private CompletionStage<Void> send(String key) {
        try {
            return map.setAsync(key, valueOf(key));
        } catch (RuntimeException refused) {
            return CompletableFuture.failedStage(refused);
        }
    }

    private static String valueOf(String key) {
        return "value of " + key;
    }

    /** As time goes on: so many more than now. */
    void awaitAcknowledged(int more) {
        int enough = acknowledged.size() + more;
        await().atMost(MORE_WITHIN).until(() -> acknowledged.size() >= enough);
    }

    /** Every put was answered, and none with an error. */
    void assertNoneFailed() {
        assertThat(failed).isEmpty();
        assertThat(underWay).as("not answered, and due since").isEmpty();
    }

    /** The longest that a put of one of these keys took. */
    Duration longest(Set<String> keys) {
        return acknowledged.entrySet().stream()
                .filter(put -> keys.contains(put.getKey()))
                .map(Map.Entry::getValue)
                .max(Comparator.naturalOrder())
                .orElseThrow();
    }

    Duration longest() {
        return longest(acknowledged.keySet());
    }

    /** The keys that this shard's primary has. */
    Set<String> keysOf(Shard shard) {
        return Shard.rows(shard.primary(), prefix).keySet();
    }

    /** Each acknowledged key, with its value, is on all nodes of a shard, as soon as they are up and have caught up. */
    void assertNothingMissing(List<Shard> shards) {
        await().atMost(CAUGHT_UP_WITHIN)
                .pollInterval(Duration.ofSeconds(1))
                .ignoreExceptions()
                .untilAsserted(() -> assertThat(missing(shards)).isEmpty());
    }

    private Set<String> missing(List<Shard> shards) {
        Set<String> missing = new HashSet<>(acknowledged.keySet());
        shards.forEach(shard -> missing.removeAll(onAllNodes(shard)));
        return missing;
    }

    private Set<String> onAllNodes(Shard shard) {
        Set<String> found = new HashSet<>(acknowledged.keySet());
        for (Node node : shard.nodes()) {
            Map<String, String> rows = Shard.rows(node, prefix);
            found.removeIf(key -> !valueOf(key).equals(rows.get(key)));
        }
        return found;
    }

    /** No more puts. Those under way are waited for. */
    @Override
    public void close() {
        schedule.cancel(false);
        long patience = System.nanoTime() + ANSWERED_WITHIN.toNanos();
        await().atMost(ANSWERED_WITHIN.multipliedBy(2)).until(() -> underWay.isEmpty() || System.nanoTime() > patience);
        clock.shutdown();
    }
}
