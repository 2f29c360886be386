package io.throughline.mapstore.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.hazelcast.core.HazelcastJsonValue;
import com.hazelcast.map.IMap;
import io.throughline.mapstore.fixture.EmbeddedGrid;
import io.throughline.mapstore.fixture.GridDatabase;
import io.throughline.mapstore.fixture.SharedShards;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(SharedShards.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class WriteThroughTest {

    private EmbeddedGrid grid;
    private GridDatabase database;

    @BeforeAll
    void start(GridDatabase gridDatabase) {
        database = gridDatabase;
        grid = EmbeddedGrid.start(database, 2);
    }

    @AfterAll
    void stop() {
        grid.close();
    }

    private List<String> rows(String table, String key) {
        String sql = "SELECT value FROM " + table + " WHERE key = '" + key.replace("'", "''") + "'";
        return database.hosts().keySet().stream()
                .flatMap(shard -> database.query(shard, sql).stream())
                .toList();
    }

    @Test
    void a_put_is_a_row_on_exactly_one_shard_and_reads_back() {
        grid.kv().put("hello", "wörld");
        assertThat(grid.kv().get("hello")).isEqualTo("wörld");
        assertThat(rows("kv.entries", "hello")).containsExactly("wörld");
    }

    @Test
    void every_format_comes_back_from_the_shard_as_it_was() {
        IMap<String, HazelcastJsonValue> documents = grid.member(0).getMap("documents");
        IMap<String, byte[]> blobs = grid.member(0).getMap("blobs");
        HazelcastJsonValue document = new HazelcastJsonValue("{ \"b\": 1,  \"a\": \"\\u0000\" }");
        documents.set("d", document);
        blobs.set("b", new byte[] {0, 1, -1});
        documents.evict("d");
        blobs.evict("b");
        assertThat(documents.get("d")).isEqualTo(document);
        assertThat(blobs.get("b")).containsExactly(0, 1, -1);
    }

    @Test
    void a_delete_takes_the_row_along() {
        grid.kv().set("gone", "x");
        grid.kv().delete("gone");
        assertThat(rows("kv.entries", "gone")).isEmpty();
        assertThat(grid.kv().get("gone")).isNull();
    }

    @Test
    void many_entries_of_several_maps_share_commits() {
        Map<String, String> entries = new HashMap<>();
        for (int i = 0; i < 500; i++) {
            entries.put("many-" + i, "value-" + i);
        }
        IMap<String, HazelcastJsonValue> documents = grid.member(1).getMap("documents");
        var other = documents.setAsync("many", new HazelcastJsonValue("1"));
        grid.kv().putAll(entries);
        other.toCompletableFuture().orTimeout(10, TimeUnit.SECONDS).join();
        grid.kv().evictAll();
        assertThat(grid.kv().getAll(entries.keySet())).isEqualTo(entries);
    }

    @Test
    void a_refused_value_leaves_memory_and_row_as_they_were() {
        grid.kv().set("kept", "first");
        assertThatThrownBy(() -> grid.kv().set("kept", "nul\0"))
                .hasMessageContaining("[REFUSED VALUE_TEXT_INVALID]")
                .hasMessageContaining("put of key 'kept' in map 'kv'")
                .hasMessageContaining("Nothing was stored");
        assertThat(grid.kv().get("kept")).isEqualTo("first");
        assertThat(rows("kv.entries", "kept")).containsExactly("first");
    }

    /** Two tables in one batch are one transaction: the bad row must fail alone, and leave no open transaction behind. */
    @Test
    void a_row_that_postgresql_refuses_fails_alone() {
        database.execute("shard-1", "ALTER TABLE kv.entries ADD CONSTRAINT no_bad CHECK (value <> 'bad') NOT VALID");
        database.execute("shard-2", "ALTER TABLE kv.entries ADD CONSTRAINT no_bad CHECK (value <> 'bad') NOT VALID");
        var writes = new HashMap<String, java.util.concurrent.CompletionStage<Void>>();
        for (int i = 0; i < 50; i++) {
            writes.put("alone-" + i, grid.kv().setAsync("alone-" + i, i % 10 == 3 ? "bad" : "good"));
        }
        writes.forEach((key, write) -> {
            if (Integer.parseInt(key.substring(6)) % 10 == 3) {
                assertThatThrownBy(() -> write.toCompletableFuture().get(20, TimeUnit.SECONDS))
                        .hasMessageContaining("[REFUSED DATABASE_REFUSED]")
                        .hasMessageContaining("23514");
            } else {
                assertThat(write.toCompletableFuture()).succeedsWithin(20, TimeUnit.SECONDS);
            }
        });
    }
}
