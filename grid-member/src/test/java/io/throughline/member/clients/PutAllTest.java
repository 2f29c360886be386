package io.throughline.member.clients;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.hazelcast.client.HazelcastClient;
import com.hazelcast.core.HazelcastInstance;
import com.hazelcast.map.IMap;
import com.hazelcast.map.listener.EntryUpdatedListener;
import io.throughline.member.MemberProcess;
import io.throughline.member.SharedGrid;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Many keys of one partition in one call. */
@ExtendWith(SharedGrid.Once.class)
class PutAllTest {

    private static final int KEYS = 100;

    private final SharedGrid grid;
    private final IMap<String, Object> kv;
    private final Rows rows;
    private final List<String> keys;

    PutAllTest(SharedGrid grid) {
        this.grid = grid;
        this.kv = grid.client().getMap("kv");
        this.rows = new Rows(grid);
        int partition = rows.partition(grid.freshKey());
        this.keys = Stream.generate(grid::freshKey)
                .filter(key -> rows.partition(key) == partition)
                .limit(KEYS)
                .toList();
    }

    @Test
    void its_rows_share_commits() {
        assertRowsShareCommits(kv);
    }

    /** The member that it knows sends it on. */
    @Test
    void so_they_do_for_a_client_that_knows_no_partitions() {
        HazelcastInstance client = HazelcastClient.newHazelcastClient(grid.clientConfigOf(notTheOwner()));
        try {
            assertRowsShareCommits(client.getMap("kv"));
        } finally {
            client.shutdown();
        }
    }

    /** Old values are loaded for it. */
    @Test
    void and_where_somebody_listens() {
        keys.forEach(key -> kv.set(key, "old"));
        keys.forEach(kv::evict);
        Queue<Object> olds = new ConcurrentLinkedQueue<>();
        UUID listener = kv.addEntryListener(
                (EntryUpdatedListener<String, Object>) event -> olds.add(event.getOldValue()), true);
        try {
            assertRowsShareCommits(kv);
            await().untilAsserted(() -> assertThat(olds).hasSize(KEYS).containsOnly("old"));
        } finally {
            kv.removeEntryListener(listener);
        }
    }

    private MemberProcess notTheOwner() {
        return grid.members().stream()
                .filter(member -> member != grid.ownerOf(keys.get(0)))
                .findAny()
                .orElseThrow();
    }

    private void assertRowsShareCommits(IMap<String, Object> map) {
        Map<String, Object> entries = entries("new");
        double before = grid.everywhere("throughline_batch_rows_count");

        map.putAll(entries);

        assertThat(grid.everywhere("throughline_batch_rows_count") - before).isLessThan(KEYS / 5.0);
        assertThat(rows.values("kv", keys)).isEqualTo(entries);
        assertThat(inMemory()).isEqualTo(entries);
    }

    /** Which of the others are stored depends on the order that Hazelcast gives them. */
    @Test
    void where_one_is_refused_a_get_returns_what_became_of_the_others() {
        keys.forEach(key -> kv.set(key, "old", 60, TimeUnit.SECONDS));

        assertMemoryAgreesWhereOneIsRefused();
    }

    /** What is locked doesn't expire, and Hazelcast's own evictions wait for the lock. */
    @Test
    void also_while_their_keys_are_locked() {
        keys.forEach(key -> kv.set(key, "old"));
        keys.forEach(kv::lock);
        try {
            assertMemoryAgreesWhereOneIsRefused();
        } finally {
            keys.forEach(kv::unlock);
        }
    }

    private void assertMemoryAgreesWhereOneIsRefused() {
        Map<String, Object> entries = entries("new");
        entries.put(keys.get(0), 42);

        assertThat(Refusal.of(() -> kv.putAll(entries)).key()).isEqualTo(keys.get(0));

        assertThat(inMemory()).isEqualTo(rows.values("kv", keys));
    }

    private Map<String, Object> entries(String value) {
        Map<String, Object> entries = new HashMap<>();
        keys.forEach(key -> entries.put(key, value));
        return entries;
    }

    private Map<String, Object> inMemory() {
        Map<String, Object> found = new HashMap<>();
        keys.forEach(key -> found.put(key, kv.get(key)));
        return found;
    }
}
