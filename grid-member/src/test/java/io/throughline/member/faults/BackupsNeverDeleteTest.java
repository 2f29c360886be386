package io.throughline.member.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.hazelcast.client.HazelcastClient;
import com.hazelcast.core.HazelcastInstance;
import com.hazelcast.map.IMap;
import com.hazelcast.query.Predicates;
import io.throughline.member.MemberProcess;
import io.throughline.member.SharedGrid;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Hazelcast calls the store on backups too, for {@code clear} and {@code setTtl}. */
@ExtendWith(SharedGrid.Once.class)
class BackupsNeverDeleteTest {

    private static final int WRITERS = 4;
    private static final int ROUNDS = 10;

    private final SharedGrid grid;

    BackupsNeverDeleteTest(SharedGrid grid) {
        this.grid = grid;
    }

    @Test
    void no_acknowledged_put_is_deleted_by_a_clear_that_came_before_it() throws Exception {
        IMap<String, String> kv = grid.client().getMap("kv");
        List<String> keys = new ArrayList<>();
        for (int i = 0; i < 40; i++) {
            keys.add(grid.freshKey());
        }
        for (int round = 0; round < ROUNDS; round++) {
            String value = "round-" + round;
            keys.forEach(key -> kv.setAsync(key, "before"));
            kv.clear();
            keys.forEach(key -> kv.set(key, value));
            assertThat(rowsOf(keys, value)).as("in round %d", round).containsExactlyInAnyOrderElementsOf(keys);
        }
    }

    /** Calls that remove many entries, on the owner and on every backup. */
    private enum Removal {
        CLEAR,
        REMOVE_ALL
    }

    /** Without the check that only owners write, the woken backup's delete takes all of the rows away. */
    @ParameterizedTest
    @EnumSource
    void a_backup_that_removes_late_deletes_no_put_that_came_afterwards(Removal removal) throws Exception {
        IMap<String, String> kv = grid.client().getMap("kv");
        MemberProcess backup = grid.member(3);
        List<String> keys = Stream.generate(grid::freshKey)
                .filter(key -> !grid.ownerOf(key).equals(backup))
                .limit(20)
                .toList();
        keys.forEach(key -> kv.set(key, "before"));
        CompletableFuture<Void> removed;
        List<CompletableFuture<Void>> puts;
        HazelcastInstance awake = HazelcastClient.newHazelcastClient(grid.clientConfigOf(grid.member(1)));
        IMap<String, String> throughTheAwake = awake.getMap("kv");
        backup.pause();
        try {
            removed = CompletableFuture.runAsync(() -> {
                switch (removal) {
                    case CLEAR -> throughTheAwake.clear();
                    case REMOVE_ALL -> throughTheAwake.removeAll(Predicates.in("__key", keys.toArray(new String[0])));
                }
            });
            await().until(() -> rowsOf(keys, "before").isEmpty());
            puts = keys.stream()
                    .map(key -> kv.setAsync(key, "after").toCompletableFuture())
                    .toList();
            await().until(() -> rowsOf(keys, "after").size() == keys.size());
        } finally {
            backup.resume();
        }
        removed.get(60, TimeUnit.SECONDS);
        awake.shutdown();
        for (CompletableFuture<Void> put : puts) {
            put.get(60, TimeUnit.SECONDS);
        }
        assertThat(rowsOf(keys, "after")).hasSameElementsAs(keys);
    }

    /** Those of the keys whose row has this value. */
    private List<String> rowsOf(List<String> keys, String value) {
        List<String> found = new ArrayList<>();
        for (String shard : List.of("shard-1", "shard-2")) {
            found.addAll(grid.sql(shard)
                    .column(
                            "SELECT key FROM kv.entries WHERE key = ANY (?) AND value = ?",
                            keys.toArray(new String[0]),
                            value));
        }
        return found;
    }

    @Test
    void set_ttl_writes_nothing_that_is_older_than_the_row() throws Exception {
        IMap<String, String> kv = grid.client().getMap("kv");
        String key = grid.freshKey();
        AtomicBoolean done = new AtomicBoolean();
        ExecutorService others = Executors.newFixedThreadPool(WRITERS);
        try {
            kv.set(key, "0");
            List<Future<?>> stretching = new ArrayList<>();
            for (int i = 0; i < WRITERS; i++) {
                stretching.add(others.submit(() -> {
                    while (!done.get()) {
                        kv.setTtl(key, 5, TimeUnit.SECONDS);
                    }
                }));
            }
            for (int i = 1; i <= 100; i++) {
                kv.set(key, "" + i);
                assertThat(grid.sqlOf(key).one("SELECT value FROM kv.entries WHERE key = ?", key))
                        .isEqualTo("" + i);
            }
            done.set(true);
            for (Future<?> thread : stretching) {
                thread.get(30, TimeUnit.SECONDS);
            }
        } finally {
            others.shutdownNow();
        }
    }
}
