package io.throughline.member.clients;

import static org.assertj.core.api.Assertions.assertThat;

import com.hazelcast.core.HazelcastInstance;
import com.hazelcast.core.HazelcastJsonValue;
import com.hazelcast.map.IMap;
import com.hazelcast.transaction.TransactionContext;
import com.hazelcast.transaction.TransactionOptions;
import com.hazelcast.transaction.TransactionOptions.TransactionType;
import com.hazelcast.transaction.TransactionalMap;
import io.throughline.member.SharedGrid;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Hazelcast's transactions: isolated until the commit, which then stores one key after the other. */
@ExtendWith(SharedGrid.Once.class)
class TransactionsTest {

    private final SharedGrid grid;
    private final HazelcastInstance client;
    private final IMap<String, Object> kv;
    private final Rows rows;
    private final String key;

    TransactionsTest(SharedGrid grid) {
        this.grid = grid;
        this.client = grid.client();
        this.kv = client.getMap("kv");
        this.rows = new Rows(grid);
        this.key = grid.freshKey();
    }

    private TransactionContext begin(TransactionType type) {
        TransactionContext transaction =
                client.newTransactionContext(new TransactionOptions().setTransactionType(type));
        transaction.beginTransaction();
        return transaction;
    }

    @ParameterizedTest
    @EnumSource(TransactionType.class)
    void a_commit_stores_what_was_written(TransactionType type) {
        String replaced = grid.freshKey();
        String removed = grid.freshKey();
        String cold = grid.freshKey();
        String document = grid.freshKey();
        kv.putAll(Map.of(replaced, "before", removed, "before", cold, "before"));
        kv.evict(cold);

        TransactionContext transaction = begin(type);
        TransactionalMap<String, String> map = transaction.getMap("kv");
        assertThat(map.put(key, "put")).isNull();
        assertThat(map.replace(replaced, "replaced")).isEqualTo("before");
        assertThat(map.remove(removed)).isEqualTo("before");
        assertThat(map.getForUpdate(cold)).isEqualTo("before");
        map.set(cold, "after");
        transaction.getMap("documents").set(document, new HazelcastJsonValue("[1]"));
        assertThat(map.get(key)).as("it reads its own writes").isEqualTo("put");
        rows.assertNoRow("kv", key);
        rows.assertRow("kv", removed, "before");
        transaction.commitTransaction();

        rows.assertRow("kv", key, "put");
        rows.assertRow("kv", replaced, "replaced");
        rows.assertNoRow("kv", removed);
        rows.assertRow("kv", cold, "after");
        rows.assertRow("documents", document, new HazelcastJsonValue("[1]"));
        assertThat(kv.getAll(Set.of(key, replaced, removed, cold)))
                .isEqualTo(Map.of(key, "put", replaced, "replaced", cold, "after"));
    }

    @ParameterizedTest
    @EnumSource(TransactionType.class)
    void a_rollback_stores_nothing(TransactionType type) {
        String absent = grid.freshKey();
        kv.set(key, "before");

        TransactionContext transaction = begin(type);
        transaction.getMap("kv").put(key, "after");
        transaction.getMap("kv").put(absent, "after");
        transaction.rollbackTransaction();

        rows.assertRow("kv", key, "before");
        rows.assertNoRow("kv", absent);
        assertThat(kv.get(key)).isEqualTo("before");
        kv.set(key, "free again");
        rows.assertRow("kv", key, "free again");
    }

    /** A commit isn't atomic over keys: each is stored by itself, and the first that fails is what the caller hears. */
    @ParameterizedTest
    @EnumSource(TransactionType.class)
    void a_commit_of_a_refused_value_says_so_and_may_store_the_others(TransactionType type) {
        List<String> others = Stream.generate(grid::freshKey).limit(4).toList();
        kv.set(key, "before");

        TransactionContext transaction = begin(type);
        TransactionalMap<String, Object> map = transaction.getMap("kv");
        others.subList(0, 2).forEach(other -> map.set(other, "after"));
        map.set(key, 42);
        others.subList(2, 4).forEach(other -> map.set(other, "after"));
        Refusal refusal = Refusal.of(transaction::commitTransaction);

        assertThat(refusal.code()).isEqualTo("VALUE_TYPE");
        assertThat(refusal.key()).isEqualTo(key);
        assertThat(kv.get(key)).isEqualTo("before");
        rows.assertRow("kv", key, "before");
        // Nothing stays locked, and what is read agrees with the shard.
        Stream.concat(Stream.of(key), others.stream()).forEach(written -> {
            kv.set(written, "later");
            rows.assertRow("kv", written, "later");
        });
    }

    /** A locked entry doesn't expire, so that what the commit finds is what the transaction read. */
    @Test
    void a_transaction_that_outlives_the_ttl_is_stored() {
        List.of("one", "two", "three").forEach(earlier -> kv.set(key, earlier));
        String other = grid.freshKey();
        kv.set(other, "expires");

        TransactionContext transaction = begin(TransactionType.TWO_PHASE);
        TransactionalMap<String, String> map = transaction.getMap("kv");
        assertThat(map.getForUpdate(key)).isEqualTo("three");
        Memory.awaitGone(kv, other);
        map.set(key, "four");
        transaction.commitTransaction();

        rows.assertRow("kv", key, "four");
        assertThat(kv.get(key)).isEqualTo("four");
    }

    @Test
    void a_task_is_a_transaction() {
        String answer = client.executeTransaction(transaction -> {
            transaction.<String, String>getMap("kv").set(key, "by a task");
            return "done";
        });

        assertThat(answer).isEqualTo("done");
        rows.assertRow("kv", key, "by a task");
    }
}
