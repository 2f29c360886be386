package io.throughline.mapstore.writer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import com.hazelcast.cluster.Address;
import com.hazelcast.cluster.Cluster;
import com.hazelcast.cluster.Member;
import com.hazelcast.core.HazelcastInstance;
import com.hazelcast.internal.partition.InternalPartition;
import com.hazelcast.internal.partition.InternalPartitionService;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.net.UnknownHostException;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class ShardWriterTest {

    private final CountDownLatch hangs = new CountDownLatch(1);
    private final CountDownLatch mayGoOn = new CountDownLatch(1);
    private UUID self = UUID.randomUUID();
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

    private Membership membership() throws UnknownHostException {
        Address address = new Address("127.0.0.1", 5701);
        Member member = stub(
                Member.class, (proxy, method, arguments) -> method.getName().equals("getUuid") ? self : address);
        Cluster cluster = stub(
                Cluster.class, (proxy, method, arguments) -> method.getName().equals("getMembers") ? Set.of() : member);
        return new Membership(stub(HazelcastInstance.class, (proxy, method, arguments) -> cluster), 1);
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
