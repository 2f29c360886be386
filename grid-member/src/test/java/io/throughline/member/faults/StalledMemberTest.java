package io.throughline.member.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.hazelcast.client.HazelcastClient;
import com.hazelcast.client.config.ClientConfig;
import com.hazelcast.client.config.RoutingMode;
import com.hazelcast.core.HazelcastInstance;
import com.hazelcast.map.IMap;
import io.throughline.member.ExitCode;
import io.throughline.member.MemberProcess;
import io.throughline.member.SharedGrid;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Without the fence (a batch that doesn't ask for its writer's row), the puts that were queued in the stalled member land
 * within a few hundred milliseconds of SIGCONT, over the newer value, and their client is told that they succeeded.
 */
@ExtendWith(SharedGrid.Once.class)
class StalledMemberTest {

    private static final int QUEUED = 300;

    private final SharedGrid grid;

    StalledMemberTest(SharedGrid grid) {
        this.grid = grid;
    }

    @AfterEach
    void restore() {
        grid.restore();
    }

    @Test
    void what_a_stalled_owner_still_holds_never_overwrites_what_was_acknowledged_after_it() throws Exception {
        String key = grid.freshKey();
        MemberProcess owner = grid.ownerOf(key);
        HazelcastInstance early = grid.newClient();
        HazelcastInstance late = grid.newClient();
        try {
            IMap<String, String> before = early.getMap("kv");
            before.set(key, "first");
            for (int i = 0; i < QUEUED; i++) {
                before.setAsync(key, "old-" + i);
            }
            owner.pause();
            await().atMost(Duration.ofSeconds(40))
                    .until(() -> late.getCluster().getMembers().size() == 2);
            IMap<String, String> after = late.getMap("kv");
            await().atMost(Duration.ofSeconds(30)).ignoreExceptions().untilAsserted(() -> after.set(key, "newest"));

            owner.resume();
            assertThat(owner.exitCode().get(30, TimeUnit.SECONDS)).isEqualTo(ExitCode.FENCED.status());
            assertThat(grid.sqlOf(key).one("SELECT value FROM kv.entries WHERE key = ?", key))
                    .isEqualTo("newest");
            assertThat(after.get(key)).isEqualTo("newest");
        } finally {
            early.shutdown();
            late.shutdown();
        }
    }

    @Test
    void a_read_through_the_woken_member_is_refused_or_right() {
        String key = grid.freshKey();
        MemberProcess owner = grid.ownerOf(key);
        IMap<String, String> kv = grid.client().getMap("kv");
        kv.set(key, "old");
        HazelcastInstance onlyTheWoken = HazelcastClient.newHazelcastClient(only(owner));
        HazelcastInstance late = grid.newClient();
        try {
            owner.pause();
            await().atMost(Duration.ofSeconds(40))
                    .until(() -> late.getCluster().getMembers().size() == 2);
            IMap<String, String> after = late.getMap("kv");
            await().atMost(Duration.ofSeconds(30)).ignoreExceptions().untilAsserted(() -> after.set(key, "new"));
            owner.resume();
            for (int read = 0; read < 50 && owner.isAlive(); read++) {
                try {
                    Object value = onlyTheWoken
                            .getMap("kv")
                            .getAsync(key)
                            .toCompletableFuture()
                            .get(1, TimeUnit.SECONDS);
                    assertThat(value).as("read %d", read).isEqualTo("new");
                } catch (Exception refused) {
                    // Refused, or the member has ended: both are right, a stale value would not be.
                    assertThat(refused).isNotInstanceOf(AssertionError.class);
                }
            }
        } finally {
            onlyTheWoken.shutdown();
            late.shutdown();
        }
    }

    /** It sees the others leave, and believes to be the one that stays. */
    @Test
    void a_woken_master_can_not_fence_the_others() throws Exception {
        String oldest = grid.client()
                        .getCluster()
                        .getMembers()
                        .iterator()
                        .next()
                        .getAddress()
                        .getHost() + ":"
                + grid.client()
                        .getCluster()
                        .getMembers()
                        .iterator()
                        .next()
                        .getAddress()
                        .getPort();
        MemberProcess master = grid.members().stream()
                .filter(member -> member.address().equals(oldest))
                .findFirst()
                .orElseThrow();
        HazelcastInstance late = grid.newClient();
        try {
            master.pause();
            await().atMost(Duration.ofSeconds(40))
                    .until(() -> late.getCluster().getMembers().size() == 2);
            master.resume();
            assertThat(master.exitCode().get(30, TimeUnit.SECONDS)).isEqualTo(ExitCode.FENCED.status());
            assertThat(grid.members().stream().filter(MemberProcess::isAlive)).hasSize(2);
            IMap<String, String> kv = late.getMap("kv");
            for (int i = 0; i < 20; i++) {
                String key = grid.freshKey();
                await().ignoreExceptions().untilAsserted(() -> kv.set(key, "served"));
                assertThat(kv.get(key)).isEqualTo("served");
            }
        } finally {
            late.shutdown();
        }
    }

    private ClientConfig only(MemberProcess member) {
        ClientConfig config = grid.clientConfig();
        config.getNetworkConfig().setAddresses(List.of(member.address()));
        config.getNetworkConfig().getClusterRoutingConfig().setRoutingMode(RoutingMode.SINGLE_MEMBER);
        config.getConnectionStrategyConfig().getConnectionRetryConfig().setClusterConnectTimeoutMillis(2_000);
        return config;
    }
}
