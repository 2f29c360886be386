package io.throughline.member.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.hazelcast.client.HazelcastClient;
import com.hazelcast.client.config.ClientConfig;
import com.hazelcast.core.HazelcastInstance;
import com.hazelcast.map.IMap;
import io.throughline.member.ExitCode;
import io.throughline.member.MemberProcess;
import io.throughline.member.SharedGrid;
import java.nio.file.Files;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
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
    private static final int READS = 50;

    private final SharedGrid grid;

    StalledMemberTest(SharedGrid grid) {
        this.grid = grid;
    }

    @AfterEach
    void restore() {
        grid.restore();
    }

    /** It is the master as well, which sees the others leave and believes to be the one that stays: it can't fence them. */
    @Test
    void what_a_stalled_owner_still_holds_overwrites_nothing_and_a_read_through_it_is_refused_or_right()
            throws Exception {
        MemberProcess owner = master();
        String key = keyOwnedBy(owner);
        String alsoItsOwn = keyOwnedBy(owner);
        HazelcastInstance early = grid.newClient();
        HazelcastInstance late = grid.newClient();
        HazelcastInstance onlyTheWoken = HazelcastClient.newHazelcastClient(only(owner));
        try {
            IMap<String, String> before = early.getMap("kv");
            before.set(alsoItsOwn, "old");
            for (int i = 0; i < QUEUED; i++) {
                before.setAsync(key, "old-" + i);
            }
            IMap<String, String> throughTheWoken = onlyTheWoken.getMap("kv");
            owner.pause();
            await().atMost(Duration.ofSeconds(40))
                    .until(() -> late.getCluster().getMembers().size() == 2);
            IMap<String, String> after = late.getMap("kv");
            for (String written : List.of(key, alsoItsOwn)) {
                await().atMost(Duration.ofSeconds(30))
                        .ignoreExceptions()
                        .untilAsserted(() -> after.set(written, "newest"));
            }

            List<CompletableFuture<String>> reads = new ArrayList<>();
            for (int read = 0; read < READS; read++) { // in its sockets, when it wakes
                reads.add(throughTheWoken.getAsync(alsoItsOwn).toCompletableFuture());
            }
            owner.resume();
            reads.forEach(StalledMemberTest::assertRefusedOrRight);
            assertThat(owner.exitCode().get(30, TimeUnit.SECONDS)).isEqualTo(ExitCode.FENCED.status());
            assertThat(grid.members().stream().filter(MemberProcess::isAlive)).hasSize(2);
            assertThat(Files.readString(owner.log()))
                    .contains("grid-member: fenced: this member was silent or cut off");
            assertThat(grid.sqlOf(key).one("SELECT value FROM kv.entries WHERE key = ?", key))
                    .isEqualTo("newest");
            assertThat(after.get(key)).isEqualTo("newest");
            assertServed(after);
        } finally {
            onlyTheWoken.shutdown();
            early.shutdown();
            late.shutdown();
        }
    }

    private static void assertRefusedOrRight(CompletableFuture<String> read) {
        String value;
        try {
            value = read.get(60, TimeUnit.SECONDS);
        } catch (ExecutionException refusedOrEnded) {
            return;
        } catch (InterruptedException | TimeoutException e) {
            throw new AssertionError(e);
        }
        assertThat(value).isEqualTo("newest");
    }

    /** The master is the oldest. */
    private MemberProcess master() {
        var oldest = grid.client().getCluster().getMembers().iterator().next().getAddress();
        return grid.members().stream()
                .filter(member -> member.address().equals(oldest.getHost() + ":" + oldest.getPort()))
                .findFirst()
                .orElseThrow();
    }

    private String keyOwnedBy(MemberProcess owner) {
        return Stream.generate(grid::freshKey)
                .filter(key -> grid.ownerOf(key).equals(owner))
                .findFirst()
                .orElseThrow();
    }

    private void assertServed(IMap<String, String> kv) {
        for (int i = 0; i < 20; i++) {
            String key = grid.freshKey();
            await().ignoreExceptions().untilAsserted(() -> kv.set(key, "served"));
            assertThat(kv.get(key)).isEqualTo("served");
        }
    }

    private ClientConfig only(MemberProcess member) {
        ClientConfig config = grid.clientConfigOf(member);
        config.getConnectionStrategyConfig().getConnectionRetryConfig().setClusterConnectTimeoutMillis(2_000);
        config.setProperty("hazelcast.client.heartbeat.timeout", "60000"); // longer than the stall
        return config;
    }
}
