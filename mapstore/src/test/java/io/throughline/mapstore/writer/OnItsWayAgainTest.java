package io.throughline.mapstore.writer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.hazelcast.cluster.Address;
import com.hazelcast.cluster.Cluster;
import com.hazelcast.cluster.ClusterState;
import com.hazelcast.cluster.Member;
import com.hazelcast.cluster.impl.MemberImpl;
import com.hazelcast.core.HazelcastInstance;
import com.hazelcast.internal.partition.InternalPartition;
import com.hazelcast.internal.partition.InternalPartitionService;
import com.hazelcast.version.MemberVersion;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.throughline.mapstore.RefusedException;
import io.throughline.mapstore.batch.PendingLoad;
import io.throughline.mapstore.batch.PendingWrite;
import io.throughline.mapstore.batch.ShardLanes;
import io.throughline.mapstore.config.GridConfig;
import io.throughline.mapstore.config.GridMapConfig;
import io.throughline.mapstore.config.ValueFormat;
import io.throughline.mapstore.fixture.GridDatabase;
import io.throughline.mapstore.fixture.SharedShards;
import io.throughline.mapstore.row.ColumnValue;
import io.throughline.mapstore.row.RowOperation;
import io.throughline.mapstore.row.RowOperation.Verb;
import io.throughline.mapstore.schema.SchemaMigration;
import io.throughline.mapstore.shard.ShardConnections;
import io.throughline.mapstore.shard.ShardMetrics;
import io.throughline.mapstore.shard.ShardPool;
import io.throughline.mapstore.statement.MapTable;
import io.throughline.mapstore.statement.RowWrite;
import io.throughline.mapstore.writer.Duties.Gain;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.net.UnknownHostException;
import java.sql.Connection;
import java.time.Duration;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.postgresql.ds.PGSimpleDataSource;

/**
 * A partition has come, and one of its backups is moved at the moment at which it is looked up what is owed: the partition is on its
 * way then, and nothing seems to be due. What is written or read next must wait until it is done all the same.
 */
@ExtendWith(SharedShards.class)
class OnItsWayAgainTest {

    private static final MapTable KV = MapTable.of(new GridMapConfig("kv", ValueFormat.TEXT, "kv", 1 << 20));
    private static final Duration LONG = Duration.ofSeconds(20);
    private static final int PARTITION = 2;

    private final UUID self = UUID.randomUUID();
    private final UUID earlierOwner = UUID.randomUUID();
    private final AtomicBoolean movesABackup = new AtomicBoolean();
    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final Ownership ownership = new Ownership(answering(
            InternalPartitionService.class,
            (of, method, arguments) ->
                    method.getName().equals("getInternalPartitions") ? new InternalPartition[0] : partition()));
    private final ShardWriter writer =
            new ShardWriter("shard-1", new Membership(hazelcast(), 1), ownership, Duration.ZERO, shard -> {});
    private PGSimpleDataSource primary;
    private ShardPool pool;
    private ShardLanes lanes;

    @BeforeEach
    void start(GridDatabase database) throws Exception {
        GridConfig config = database.config();
        SchemaMigration.migrate(config);
        primary = new ShardConnections(
                        config.database().name(), config.database().credentials(), config.connections(), "test")
                .primaryOf(config.shards().get(0));
        pool = new ShardPool("shard-1", primary, 1, 4, Duration.ofSeconds(2), meters);
        lanes = new ShardLanes(
                pool,
                writer,
                new Reruns(ownership, LONG),
                new ShardMetrics(meters, "shard-1"),
                config.write(),
                config.read(),
                LONG,
                task -> {});
        try (Connection connection = primary.getConnection()) {
            WriterSql.register(connection, earlierOwner, "127.0.0.1:5702");
            writer.mayWrite(connection);
        }
        movesABackup.set(true);
    }

    @AfterEach
    void end() {
        lanes.close();
        pool.close();
    }

    @Test
    void what_the_earlier_owner_has_sent_is_refused_before_the_first_write() throws Exception {
        writer.gained(PARTITION, earlierOwner, Gain.HANDED_OVER);
        PendingWrite write = write(LONG);
        lanes.submit(write);
        write.await();
        assertThatItsEpochWasRaised();
    }

    @Test
    void what_the_earlier_owner_has_sent_is_refused_before_the_first_load() throws Exception {
        writer.gained(PARTITION, earlierOwner, Gain.HANDED_OVER);
        PendingLoad load = new PendingLoad(operation(Verb.LOAD), KV, LONG);
        lanes.submit(load);
        load.await();
        assertThatItsEpochWasRaised();
    }

    /** Nothing but the member list says who that was, and it shows the one that left still. */
    @Test
    void nothing_is_written_while_it_is_unknown_who_the_earlier_owner_was() {
        writer.orphaned(PARTITION);
        PendingWrite write = write(Duration.ofSeconds(1));
        lanes.submit(write);
        assertThatThrownBy(write::await)
                .isInstanceOf(RefusedException.class)
                .hasMessageContaining("the member list does not show yet");
        assertThat(movesABackup).isFalse();
    }

    private static PendingWrite write(Duration timeout) {
        return new PendingWrite(new RowWrite(operation(Verb.PUT), KV, new ColumnValue("v", 1), null), timeout);
    }

    private void assertThatItsEpochWasRaised() throws Exception {
        assertThat(movesABackup).isFalse();
        try (Connection connection = primary.getConnection()) {
            assertThat(WriterSql.row(connection, earlierOwner)).isEqualTo(new WriterRow(1, false));
        }
    }

    private static RowOperation operation(Verb verb) {
        return new RowOperation(verb, "kv", "key", PARTITION, "shard-1");
    }

    private InternalPartition partition() {
        return answering(
                InternalPartition.class,
                (partition, method, arguments) -> !method.getName().equals("isMigrating") || isMoved());
    }

    /** Once, while it is looked up what is owed. */
    private boolean isMoved() {
        return StackWalker.getInstance(StackWalker.Option.RETAIN_CLASS_REFERENCE)
                        .walk(frames -> frames.anyMatch(frame -> frame.getDeclaringClass() == Duties.class))
                && movesABackup.getAndSet(false);
    }

    private HazelcastInstance hazelcast() {
        Member local = member(self, 5701);
        Set<Member> members = Set.of(local, member(earlierOwner, 5702));
        Cluster cluster = answering(Cluster.class, (of, method, arguments) -> switch (method.getName()) {
            case "getMembers" -> members;
            case "getClusterState" -> ClusterState.ACTIVE;
            default -> local;
        });
        return answering(HazelcastInstance.class, (of, method, arguments) -> cluster);
    }

    private static Member member(UUID uuid, int port) {
        try {
            return new MemberImpl.Builder(new Address("127.0.0.1", port))
                    .uuid(uuid)
                    .version(MemberVersion.UNKNOWN)
                    .build();
        } catch (UnknownHostException e) {
            throw new IllegalStateException(e);
        }
    }

    private static <T> T answering(Class<T> type, InvocationHandler answers) {
        return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, answers));
    }
}
