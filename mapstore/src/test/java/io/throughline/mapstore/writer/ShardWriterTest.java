package io.throughline.mapstore.writer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import com.hazelcast.cluster.Address;
import com.hazelcast.cluster.Cluster;
import com.hazelcast.cluster.Member;
import com.hazelcast.core.HazelcastInstance;
import com.hazelcast.core.LifecycleService;
import com.hazelcast.internal.partition.InternalPartition;
import com.hazelcast.internal.partition.InternalPartitionService;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.net.UnknownHostException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

class ShardWriterTest {

    private final CountDownLatch hangs = new CountDownLatch(1);
    private final CountDownLatch mayGoOn = new CountDownLatch(1);
    private final List<String> executed = new ArrayList<>();
    private UUID self = UUID.randomUUID();
    private Runnable whenAskedWho = () -> {};
    private final Membership membership;
    private final ShardWriter writer;

    ShardWriterTest() throws UnknownHostException {
        membership = membership();
        writer = new ShardWriter("shard-1", membership, ownership(), Duration.ZERO, shard -> {});
    }

    /** A lane can cut its own connection off, and not the one on which the keeper hangs. */
    @Test
    void who_may_write_is_told_soon_also_while_another_thread_hangs_in_what_is_owed() throws Exception {
        Connection hanging = stub(Connection.class, (proxy, method, arguments) -> hang());
        Thread keeper = new Thread(() -> assertThatThrownBy(() -> writer.mayWrite(hanging)));
        keeper.start();
        assertThat(hangs.await(10, TimeUnit.SECONDS)).isTrue();
        try {
            assertTimeoutPreemptively(
                    Duration.ofSeconds(2),
                    () -> assertThatThrownBy(() -> writer.mayWrite(hanging))
                            .isInstanceOf(NotAllowedException.class)
                            .hasMessageContaining("takes its time"));
        } finally {
            mayGoOn.countDown();
            keeper.join(10_000);
        }
    }

    /** The other side of the split may be whom the earlier life would have fenced. */
    @Test
    void what_was_owed_under_an_earlier_identity_is_not_owed_under_the_next() {
        writer.gained(7, UUID.randomUUID(), Duties.Gain.INHERITED);
        assertThat(writer.mayWriteNow(7)).isFalse();

        self = UUID.randomUUID();
        assertThat(writer.mayWriteNow(7)).isTrue();

        writer.gained(7, UUID.randomUUID(), Duties.Gain.HANDED_OVER);
        assertThat(writer.mayWriteNow(7)).isFalse();
    }

    @Test
    void nothing_is_sent_while_this_member_merges() {
        Connection unused = stub(Connection.class, (proxy, method, arguments) -> {
            throw new AssertionError(method);
        });
        membership.identity().mergeBegins();
        assertThatThrownBy(() -> writer.mayWrite(unused))
                .isInstanceOf(NotAllowedException.class)
                .hasMessageContaining("merges into another cluster");
    }

    /** Its majority may be of those who left for the earlier identity. */
    @Test
    void nobody_is_fenced_by_a_life_that_a_merge_has_ended_meanwhile() {
        writer.gained(7, UUID.randomUUID(), Duties.Gain.INHERITED);
        Connection merging = connection(sql -> {
            if (sql.contains("INSERT INTO throughline.writer ")) {
                self = UUID.randomUUID();
            }
        });
        assertThatThrownBy(() -> writer.mayWrite(merging)).hasMessageContaining("merges into another cluster");
        assertThat(executed).noneMatch(sql -> sql.contains("SET fenced = true"));
    }

    @Test
    void each_identity_looks_for_strangers_before_its_first_statement() throws SQLException {
        Connection connection = connection(sql -> {});
        writer.mayWrite(connection);
        writer.mayWrite(connection);
        assertThat(looksForStrangers()).isEqualTo(1);

        self = UUID.randomUUID();
        writer.mayWrite(connection);
        assertThat(looksForStrangers()).isEqualTo(2);
    }

    /** It has seen a list of this member alone. */
    @Test
    void a_life_that_begins_in_the_midst_of_a_merge_gives_no_right() {
        whenAskedWho = () -> {
            membership.identity().mergeBegins();
            self = UUID.randomUUID();
        };
        assertThatThrownBy(() -> writer.mayWrite(connection(sql -> {})))
                .hasMessageContaining("merges into another cluster");
        assertThat(executed).isEmpty();
    }

    private long looksForStrangers() {
        return executed.stream()
                .filter(sql -> sql.contains("NOT writer.member = ANY"))
                .count();
    }

    /** Has no row of anyone else, and this member's unfenced. */
    private Connection connection(Consumer<String> whenExecuted) {
        return stub(Connection.class, (proxy, prepare, sql) -> {
            if (!prepare.getName().equals("prepareStatement")) {
                return null;
            }
            String text = (String) sql[0];
            return stub(PreparedStatement.class, (statement, method, arguments) -> {
                if (!method.getName().startsWith("execute")) {
                    return null;
                }
                executed.add(text);
                whenExecuted.accept(text);
                return method.getName().equals("execute") ? true : rows(text.startsWith("SELECT epoch"));
            });
        });
    }

    private static ResultSet rows(boolean some) {
        return stub(ResultSet.class, (proxy, method, arguments) -> switch (method.getName()) {
            case "next" -> some;
            case "getLong" -> 0L;
            case "getBoolean" -> false;
            default -> null;
        });
    }

    private Membership membership() throws UnknownHostException {
        Address address = new Address("127.0.0.1", 5701);
        Member member = stub(
                Member.class, (proxy, method, arguments) -> method.getName().equals("getUuid") ? who() : address);
        Cluster cluster = stub(
                Cluster.class, (proxy, method, arguments) -> method.getName().equals("getMembers") ? Set.of() : member);
        LifecycleService running = stub(LifecycleService.class, (proxy, method, arguments) -> true);
        return new Membership(
                stub(
                        HazelcastInstance.class,
                        (proxy, method, arguments) ->
                                method.getName().equals("getLifecycleService") ? running : cluster),
                1);
    }

    private UUID who() {
        Runnable first = whenAskedWho;
        whenAskedWho = () -> {};
        first.run();
        return self;
    }

    /** Every partition is this member's. */
    private static Ownership ownership() {
        InternalPartition mine = stub(
                InternalPartition.class,
                (proxy, method, arguments) -> method.getName().equals("isLocal"));
        return new Ownership(stub(InternalPartitionService.class, (proxy, method, arguments) -> mine));
    }

    private Object hang() throws SQLException, InterruptedException {
        hangs.countDown();
        assertThat(mayGoOn.await(10, TimeUnit.SECONDS)).isTrue();
        throw new SQLException("as if the connection was lost");
    }

    private static <T> T stub(Class<T> type, InvocationHandler answers) {
        return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, answers));
    }
}
