package io.throughline.mapstore.batch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import com.hazelcast.cluster.Cluster;
import com.hazelcast.cluster.Member;
import com.hazelcast.core.HazelcastInstance;
import com.hazelcast.internal.partition.InternalPartition;
import com.hazelcast.internal.partition.InternalPartitionService;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.throughline.mapstore.config.GridMapConfig;
import io.throughline.mapstore.config.OnDegraded;
import io.throughline.mapstore.config.ValueFormat;
import io.throughline.mapstore.row.ColumnValue;
import io.throughline.mapstore.row.RowOperation;
import io.throughline.mapstore.row.RowOperation.Verb;
import io.throughline.mapstore.shard.ShardMetrics;
import io.throughline.mapstore.shard.ShardPool;
import io.throughline.mapstore.statement.MapTable;
import io.throughline.mapstore.statement.RowWrite;
import io.throughline.mapstore.writer.Membership;
import io.throughline.mapstore.writer.Ownership;
import io.throughline.mapstore.writer.Reruns;
import io.throughline.mapstore.writer.ShardWriter;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.postgresql.ds.PGSimpleDataSource;

/** What becomes of a batch while its shard can't be reached. */
class BatchWriterTest {

    private static final MapTable KV = MapTable.of(new GridMapConfig("kv", ValueFormat.TEXT, "kv", 1 << 20));
    private static final Duration LONG = Duration.ofSeconds(20);
    private static final int MINE = 1;
    private static final int ON_ITS_WAY = 2;

    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final ShardPool pool = new ShardPool("shard-1", nobodyListens(), 1, 1, Duration.ofMillis(250), meters);
    private final Ownership ownership = new Ownership(stub(
            InternalPartitionService.class,
            (self, method, arguments) -> partition(((Integer) arguments[0]).intValue() == ON_ITS_WAY)));
    private final Member member = stub(Member.class, (self, method, arguments) -> new UUID(0, 1));
    private final Cluster cluster = stub(Cluster.class, (self, method, arguments) -> member);
    private final Membership membership =
            new Membership(stub(HazelcastInstance.class, (self, method, arguments) -> cluster), 1);
    private final BatchWriter writer = new BatchWriter(
            pool,
            new ShardWriter("shard-1", membership, ownership, Duration.ZERO, shard -> {}),
            new Reruns(ownership, LONG),
            new ShardMetrics(meters, "shard-1"),
            OnDegraded.REFUSE,
            LONG);

    @AfterEach
    void close() {
        pool.close();
    }

    /**
     * It is the lane's thread that waits for its answer, and no other gives up for it. Whoever still waits has threads of their own, and
     * each of their tries would be cut off for the sake of the one that is overdue.
     */
    @Test
    void a_write_that_ends_on_its_lanes_thread_is_not_kept_by_others_of_its_batch() {
        PendingWrite held = write("held", ON_ITS_WAY, Duration.ofMillis(400));
        held.givesUpOnItsLane();
        PendingWrite other = write("other", MINE, LONG);
        List<PendingWrite> later =
                assertTimeoutPreemptively(Duration.ofSeconds(5), () -> writer.apply(List.of(held, other)));
        assertThat(later).containsExactly(other);
        assertThat(held.wanted()).isFalse();
    }

    private static PendingWrite write(String key, int partition, Duration timeout) {
        RowOperation operation = new RowOperation(Verb.PUT, "kv", key, partition, "shard-1");
        return new PendingWrite(new RowWrite(operation, KV, new ColumnValue("v", 1), null), timeout);
    }

    private static PGSimpleDataSource nobodyListens() {
        PGSimpleDataSource source = new PGSimpleDataSource();
        source.setPortNumbers(new int[] {1});
        return source;
    }

    private static InternalPartition partition(boolean migrating) {
        return stub(
                InternalPartition.class,
                (self, method, arguments) -> !method.getName().equals("isMigrating") || migrating);
    }

    private static <T> T stub(Class<T> type, InvocationHandler answers) {
        return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, answers));
    }
}
