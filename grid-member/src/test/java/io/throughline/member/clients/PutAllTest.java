package io.throughline.member.clients;

import static org.assertj.core.api.Assertions.assertThat;

import com.hazelcast.map.IMap;
import io.throughline.member.SharedGrid;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
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
        Map<String, Object> entries = entries("new");
        double before = batches();

        kv.putAll(entries);

        assertThat(batches() - before).isLessThan(KEYS / 5.0);
        assertThat(rows.values("kv", keys)).isEqualTo(entries);
        assertThat(inMemory()).isEqualTo(entries);
    }

    /** Which of the others are stored depends on the order that Hazelcast gives them. */
    @Test
    void where_one_is_refused_a_get_returns_what_became_of_the_others() {
        keys.forEach(key -> kv.set(key, "old", 60, TimeUnit.SECONDS));
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

    private double batches() {
        return IntStream.rangeClosed(1, grid.members().size())
                .mapToDouble(number -> grid.metrics(number).sum("throughline_batch_rows_count"))
                .sum();
    }
}
