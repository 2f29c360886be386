package io.throughline.mapstore.writer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import com.hazelcast.cluster.Address;
import com.hazelcast.cluster.Cluster;
import com.hazelcast.cluster.Member;
import com.hazelcast.core.HazelcastInstance;
import com.hazelcast.internal.partition.InternalPartitionService;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
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

    /** A lane can cut its own connection off, and not the one on which the keeper hangs. */
    @Test
    void who_may_write_is_told_soon_also_while_another_thread_hangs_in_what_is_owed() throws Exception {
        UUID self = UUID.randomUUID();
        Address address = new Address("127.0.0.1", 5701);
        Member member = stub(
                Member.class, (proxy, method, arguments) -> method.getName().equals("getUuid") ? self : address);
        Cluster cluster = stub(
                Cluster.class, (proxy, method, arguments) -> method.getName().equals("getMembers") ? Set.of() : member);
        Membership membership = new Membership(stub(HazelcastInstance.class, (proxy, method, arguments) -> cluster), 1);
        Ownership ownership = new Ownership(stub(InternalPartitionService.class, (proxy, method, arguments) -> null));
        ShardWriter writer = new ShardWriter("shard-1", membership, ownership, Duration.ZERO, shard -> {});
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

    private Object hang() throws SQLException, InterruptedException {
        hangs.countDown();
        assertThat(mayGoOn.await(10, TimeUnit.SECONDS)).isTrue();
        throw new SQLException("as if the connection was lost");
    }

    private static <T> T stub(Class<T> type, InvocationHandler answers) {
        return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, answers));
    }
}
