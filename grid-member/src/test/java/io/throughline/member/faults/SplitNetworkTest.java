package io.throughline.member.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.hazelcast.map.IMap;
import com.hazelcast.splitbrainprotection.SplitBrainProtectionException;
import io.throughline.member.ExitCode;
import io.throughline.member.SharedGrid;
import io.throughline.member.SplittableGrid;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Clients of each side go on putting and getting the same keys while the network between the members is split. Without the
 * majority that fencing takes, the three that hear nobody fence each other; without the look at its own row, the one that
 * was replaced does not end.
 */
@ExtendWith(SharedGrid.Once.class)
@TestInstance(Lifecycle.PER_CLASS)
class SplitNetworkTest {

    /** The split-brain protection's tolerance of 4 s, a look each second, and the calls that are under way. */
    private static final Duration REFUSED_WITHIN = Duration.ofSeconds(6);

    private static final Duration DROPPED_WITHIN = Duration.ofSeconds(30);
    private static final Duration HEALED_WITHIN = Duration.ofSeconds(60);

    private SplittableGrid grid;
    private SplitClients clients;
    private final Map<Integer, Long> refusedSince = new HashMap<>();

    @BeforeAll
    void start(SharedGrid beside) {
        grid = SplittableGrid.start(beside);
    }

    @AfterAll
    void close() {
        grid.close();
    }

    @BeforeEach
    void begin() {
        clients = new SplitClients(grid);
        await().untilAsserted(() -> assertAllServed(1, 2, 3));
    }

    @AfterEach
    void end() {
        clients.close();
        grid.heal();
        grid.restore();
    }

    @Test
    void two_go_on_without_the_third_which_refuses_and_ends_when_it_hears_that_it_was_replaced() throws Exception {
        grid.split(List.of(Set.of(1, 2), Set.of(3)));

        awaitRefused(3);
        await().atMost(DROPPED_WITHIN).untilAsserted(() -> assertMoreServed(1, 2));
        // Its shards are in reach, and one of them says so: no need for the network to heal.
        assertThat(grid.member(3).exitCode().get(30, TimeUnit.SECONDS)).isEqualTo(ExitCode.FENCED.status());
        assertServedNothingSince(3);
        grid.heal();
        grid.restore();

        assertNothingLost();
    }

    @Test
    void three_that_each_hear_nobody_all_refuse_and_none_takes_the_others_place() throws Exception {
        List<Long> fencesBefore = fences();
        grid.split(List.of(Set.of(1), Set.of(2), Set.of(3)));

        awaitRefused(1);
        awaitRefused(2);
        awaitRefused(3);
        await().atMost(DROPPED_WITHIN)
                .untilAsserted(() -> assertThat(grid.members())
                        .allSatisfy(member ->
                                assertThat(SplittableGrid.sizeSeenBy(member)).isEqualTo(1)));
        assertThat(fences()).isEqualTo(fencesBefore);
        for (int member = 1; member <= SplitClients.MEMBERS; member++) {
            assertServedNothingSince(member);
        }
        grid.heal();
        // All but one merge, or all where two have merged before.
        await().atMost(HEALED_WITHIN)
                .until(() -> grid.members().stream()
                                .filter(member -> member.exitCode().isDone())
                                .count()
                        >= 2);
        grid.restore();

        assertNothingLost();
    }

    private List<Long> fences() {
        return List.of("shard-1", "shard-2").stream()
                .map(shard -> grid.sql(shard).count("SELECT count(*) FROM throughline.writer WHERE fenced"))
                .toList();
    }

    /** Of what it owns itself. What it passes on to the other side waits until that is dropped. */
    private void awaitRefused(int member) {
        IMap<String, String> kv = clients.mapOf(member);
        String key = clients.keyOwnedBy(grid.member(member).address());
        await().atMost(REFUSED_WITHIN)
                .untilAsserted(
                        () -> assertThatThrownBy(() -> kv.get(key)).isInstanceOf(SplitBrainProtectionException.class));
        assertThatThrownBy(() -> kv.set(key, "of the smaller side")).isInstanceOf(SplitBrainProtectionException.class);
        refusedSince.put(member, System.nanoTime());
    }

    private void assertServedNothingSince(int member) {
        assertThat(clients.newestServedBy(member)).isLessThan(refusedSince.get(member));
    }

    private void assertAllServed(int... members) {
        for (int member : members) {
            assertThat(clients.servedBy(member))
                    .isGreaterThan(SplitClients.keys().size());
        }
    }

    private void assertMoreServed(int... members) {
        for (int member : members) {
            long before = clients.servedBy(member);
            long refusals = clients.refusedBy(member);
            await().until(() ->
                    clients.servedBy(member) > before + 2L * SplitClients.keys().size());
            assertThat(clients.refusedBy(member)).isEqualTo(refusals);
        }
    }

    private void assertNothingLost() throws InterruptedException {
        await().atMost(HEALED_WITHIN).untilAsserted(() -> assertMoreServed(1, 2, 3));
        clients.stop();
        History history = clients.history();
        for (String key : SplitClients.keys()) {
            assertThat(history.acknowledged(key)).isPositive();
            history.read(key, row(key), history.floor(key), "the shard");
        }
        assertThat(history.stale()).isEmpty();
    }

    private String row(String key) {
        return List.of("shard-1", "shard-2").stream()
                .flatMap(shard ->
                        grid.sql(shard).<String>column("SELECT value FROM kv.entries WHERE key = ?", key).stream())
                .findFirst()
                .orElseThrow();
    }
}
