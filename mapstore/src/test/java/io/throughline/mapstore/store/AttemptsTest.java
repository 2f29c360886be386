package io.throughline.mapstore.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.hazelcast.client.impl.clientside.HazelcastClientProxy;
import com.hazelcast.core.HazelcastInstance;
import com.hazelcast.core.HazelcastJsonValue;
import com.hazelcast.internal.serialization.impl.HeapData;
import com.hazelcast.map.IMap;
import com.hazelcast.map.listener.EntryAddedListener;
import com.hazelcast.nio.serialization.HazelcastSerializationException;
import com.hazelcast.transaction.TransactionContext;
import io.throughline.mapstore.attempt.Attempt;
import io.throughline.mapstore.attempt.AttemptEnvelope;
import io.throughline.mapstore.fixture.EmbeddedGrid;
import io.throughline.mapstore.fixture.GridDatabase;
import io.throughline.mapstore.fixture.SharedShards;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Envelopes from a client, opened by members, and judged by the rows. */
@ExtendWith(SharedShards.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class AttemptsTest {

    /** In serialized data, after the partition hash. */
    private static final int TYPE_AT = 4;

    /** In serialized data, after the type id. */
    private static final int VERSION_AT = 8;

    private final AtomicLong ids = new AtomicLong(1000);
    private EmbeddedGrid grid;
    private GridDatabase database;
    private HazelcastInstance client;
    private IMap<String, Object> kv;

    @BeforeAll
    void start(GridDatabase gridDatabase) {
        database = gridDatabase;
        grid = EmbeddedGrid.start(database, 2);
        client = grid.newClient();
        kv = client.getMap("kv");
    }

    @AfterAll
    void stop() {
        client.shutdown();
        grid.close();
    }

    private AttemptEnvelope envelope(Object value) {
        return new AttemptEnvelope(new Attempt(now() + 5_000, ids.incrementAndGet()), value);
    }

    private static long now() {
        return System.currentTimeMillis();
    }

    private List<String> rows(String columns, String key) {
        return database.hosts().keySet().stream()
                .flatMap(shard ->
                        database
                                .query(shard, "SELECT " + columns + " FROM kv.entries WHERE key = '" + key + "'")
                                .stream())
                .toList();
    }

    private void change(String key, String assignments) {
        database.hosts()
                .keySet()
                .forEach(shard ->
                        database.execute(shard, "UPDATE kv.entries SET " + assignments + " WHERE key = '" + key + "'"));
    }

    @Test
    void everyone_sees_the_plain_value_and_the_row_the_operation() {
        AttemptEnvelope first = envelope("one");
        kv.set("plain", first);
        AttemptEnvelope second = envelope("two");
        kv.set("plain", second);
        assertThat(kv.get("plain")).isEqualTo("two");
        assertThat(rows("value || ' ' || attempts[1] || ' ' || attempts[3]", "plain"))
                .containsExactly(
                        "two " + second.attempt().id() + " " + first.attempt().id());
        kv.evict("plain");
        assertThat(kv.get("plain")).isEqualTo("two");
    }

    @Test
    void the_last_four_operations_are_remembered() {
        for (int number = 0; number < 6; number++) {
            kv.set("four", new AttemptEnvelope(new Attempt(now() + 5_000, number), "v" + number));
        }
        assertThat(rows("attempts[1] || ' ' || attempts[3] || ' ' || attempts[5] || ' ' || attempts[7]", "four"))
                .containsExactly("5 4 3 2");
        assertThat(rows("cardinality(attempts)", "four")).containsExactly("8");
    }

    @Test
    void every_format_and_every_way_to_put_opens_envelopes() {
        IMap<String, Object> documents = client.getMap("documents");
        IMap<String, Object> blobs = client.getMap("blobs");
        HazelcastJsonValue document = new HazelcastJsonValue("{ \"a\" : 1 }");
        documents.set("d", envelope(document));
        blobs.set("b", envelope(new byte[] {0, -1}));
        assertThat(documents.get("d")).isEqualTo(document);
        assertThat((byte[]) blobs.get("b")).containsExactly(0, -1);

        Map<String, Object> many = new HashMap<>();
        for (int number = 0; number < 100; number++) {
            many.put("many-" + number, envelope("v" + number));
        }
        kv.putAll(many);
        assertThat(kv.putIfAbsent("absent", envelope("a"))).isNull();
        assertThat(kv.replace("absent", envelope("b"))).isEqualTo("a");
        TransactionContext transaction = client.newTransactionContext();
        transaction.beginTransaction();
        transaction.getMap("kv").set("transaction", envelope("t"));
        transaction.commitTransaction();

        assertThat(kv.get("many-42")).isEqualTo("v42");
        assertThat(kv.get("absent")).isEqualTo("b");
        assertThat(kv.get("transaction")).isEqualTo("t");
        for (String key : List.of("many-42", "absent", "transaction")) {
            assertThat(rows("attempts IS NOT NULL", key)).containsExactly("t");
        }
    }

    /** Hazelcast gives all readers the same empty array: an attempt noted under it would be a plain put's too. */
    @ParameterizedTest
    @ValueSource(strings = {"kv", "blobs"})
    void an_empty_value_lends_its_attempt_to_nobody(String map) {
        Object empty = map.equals("kv") ? "" : new byte[0];
        IMap<String, Object> values = client.getMap(map);
        List<CompletableFuture<Void>> puts = new ArrayList<>();
        for (int number = 0; number < 200; number++) {
            puts.add(values.setAsync("empty-with-" + number, envelope(empty)).toCompletableFuture());
            puts.add(values.setAsync("empty-plain-" + number, empty).toCompletableFuture());
        }
        puts.forEach(CompletableFuture::join);
        assertThat(values.get("empty-with-1")).isEqualTo(empty);
        String sql = "SELECT count(*) FROM " + map + ".entries WHERE key LIKE '%s' AND attempts IS %s";
        assertThat(database.sum(sql.formatted("empty-plain-%", "NULL"))).isEqualTo(200);
        assertThat(database.sum(sql.formatted("empty-with-%", "NOT NULL"))).isEqualTo(200);
    }

    @Test
    void listeners_hear_the_plain_value() {
        BlockingQueue<Object> heard = new LinkedBlockingQueue<>();
        kv.addEntryListener((EntryAddedListener<String, Object>) event -> heard.add(event.getValue()), "heard", true);
        kv.set("heard", envelope("v"));
        await().untilAsserted(() -> assertThat(heard).containsExactly("v"));
    }

    @Test
    void an_attempt_that_was_overtaken_changes_neither_row_nor_memory() {
        kv.set("overtaken", "before");
        change("overtaken", "value = 'direct', not_before = " + (now() + 10_000));
        assertThatThrownBy(() -> kv.set("overtaken", envelope("late")))
                .hasMessageContaining("[REFUSED ATTEMPT_OVERTAKEN] put of key 'overtaken' in map 'kv'");
        assertThat(rows("value", "overtaken")).containsExactly("direct");
        assertThat(kv.get("overtaken")).isEqualTo("before");
        kv.set("overtaken", "plain");
        assertThat(rows("value", "overtaken")).containsExactly("plain");
    }

    @Test
    void an_attempt_that_comes_after_its_deadline_has_been_given_up_and_is_refused() {
        assertThatThrownBy(() -> kv.set("late", new AttemptEnvelope(new Attempt(now() - 1_000, 9), "v")))
                .hasMessageContaining("[REFUSED ATTEMPT_OVERTAKEN]");
        assertThat(rows("key", "late")).isEmpty();
    }

    @Test
    void an_operation_takes_effect_once_however_often_it_is_sent() {
        AttemptEnvelope envelope = envelope("once");
        kv.set("once", envelope);
        kv.set("once", "newer");
        assertThatThrownBy(() -> kv.set("once", envelope)).hasMessageContaining("[UNKNOWN ATTEMPT_REPEATED]");
        assertThat(rows("value", "once")).containsExactly("newer");
        assertThat(kv.get("once")).isEqualTo("newer");
    }

    @Test
    void a_clock_that_is_ahead_is_refused_by_name() {
        assertThatThrownBy(() -> kv.set("ahead", new AttemptEnvelope(new Attempt(now() + 70_000, 1), "v")))
                .hasMessageContaining("[REFUSED CLOCK_SKEW]")
                .hasMessageContaining("attempts.max-clock-skew");
        assertThat(rows("value", "ahead")).isEmpty();
        kv.set("ahead", new AttemptEnvelope(new Attempt(now() + 50_000, 1), "v"));
        kv.set("ahead", envelope("w"));
        assertThat(rows("value", "ahead")).containsExactly("w");
    }

    @Test
    void a_batch_takes_its_good_attempts_beside_its_refused_ones() {
        kv.set("mixed-1", "before");
        change("mixed-1", "not_before = " + (now() + 10_000));
        Map<String, Object> entries = new HashMap<>();
        entries.put("mixed-1", envelope("late"));
        for (int number = 2; number < 60; number++) {
            entries.put("mixed-" + number, number % 2 == 0 ? envelope("v") : "plain");
        }
        assertThatThrownBy(() -> kv.putAll(entries)).hasMessageContaining("ATTEMPT_OVERTAKEN");
        assertThat(rows("value", "mixed-1")).containsExactly("before");
    }

    @Test
    void a_plain_delete_of_a_row_that_has_seen_attempts_leaves_a_tombstone() {
        AttemptEnvelope envelope = envelope("v");
        kv.set("buried", envelope);
        kv.delete("buried");
        assertThat(kv.get("buried")).isNull();
        assertThat(rows("value IS NULL", "buried")).containsExactly("t");
        assertThatThrownBy(() -> kv.set("buried", envelope)).hasMessageContaining("ATTEMPT_REPEATED");
        assertThat(kv.get("buried")).isNull();

        kv.set("gone", "v");
        kv.delete("gone");
        assertThat(rows("key", "gone")).isEmpty();
    }

    @Test
    void what_is_no_envelope_of_ours_is_refused_and_nothing_is_stored() {
        assertThatThrownBy(() -> kv.set("forged", forged((byte) 2, 1, "v")))
                .hasMessageContaining("[REFUSED ENVELOPE_INVALID]")
                .hasMessageContaining("version is 2");
        assertThatThrownBy(() -> kv.set("forged", forged((byte) 1, 0, "v"))).hasMessageContaining("deadline is 0");
        assertThatThrownBy(() -> kv.set("forged", forgedWithoutValue())).hasMessageContaining("no value in it");
        assertThatThrownBy(() -> kv.set("forged", envelope(envelope("v"))))
                .hasMessageContaining("another envelope in it");
        IMap<String, Object> onOwner = grid.member(0).getMap("kv");
        String owned = grid.keysOf(grid.member(0), "forged-").get(0);
        assertThatThrownBy(() -> onOwner.executeOnKey(owned, entry -> entry.setValue(envelope("v"))))
                .hasMessageContaining("[REFUSED ENVELOPE_INVALID]");
        assertThat(rows("key", "forged")).isEmpty();
        assertThat(rows("key", owned)).isEmpty();
    }

    /** To a member that lacks the serializer every envelope is of a type that it doesn't know. */
    @Test
    void a_member_that_does_not_know_the_envelopes_type_stores_nothing_and_names_it() {
        byte[] bytes = forged((byte) 1, now() + 5_000, "v").toByteArray();
        ByteBuffer.wrap(bytes).putInt(TYPE_AT, 1_953_000_002);
        assertThatThrownBy(() -> kv.set("unknown-type", new HeapData(bytes)))
                .isInstanceOf(HazelcastSerializationException.class)
                .hasMessageContaining("1953000002");
        assertThat(rows("key", "unknown-type")).isEmpty();
    }

    /** An envelope as another release, or nobody, would write it: with these bytes from the version on. */
    private HeapData forged(byte version, long deadline, Object value) {
        byte[] bytes = ((HazelcastClientProxy) client)
                .getSerializationService()
                .toData(envelope(value))
                .toByteArray();
        ByteBuffer.wrap(bytes).put(VERSION_AT, version).putLong(VERSION_AT + 1, deadline);
        return new HeapData(bytes);
    }

    /** One in which null, a type id of zero, stands where the value should. */
    private HeapData forgedWithoutValue() {
        byte[] bytes = forged((byte) 1, 1, "").toByteArray();
        return new HeapData(Arrays.copyOf(Arrays.copyOf(bytes, VERSION_AT + 17), VERSION_AT + 21));
    }
}
