package io.throughline.member;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.hazelcast.map.IMap;
import io.throughline.localpostgres.Node;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(SharedGrid.Once.class)
class LeaveTest {

    private static final List<String> SHARDS = List.of("shard-1", "shard-2");
    private static final int WRITERS = 16;

    private final SharedGrid grid;

    LeaveTest(SharedGrid grid) {
        this.grid = grid;
    }

    @AfterEach
    void restore() {
        grid.restore();
    }

    @Test
    void a_member_that_is_asked_to_leave_under_load_even_twice_loses_nothing_and_exits_with_0() throws Exception {
        Load load = new Load(grid.client().getMap("kv"));
        List<Thread> writers = load.start();
        load.awaitMore(); // before, during and after
        MemberProcess leaving = grid.member(2);

        leaving.terminate();
        leaving.terminate();
        int exit = leaving.exitCode().get(60, TimeUnit.SECONDS);
        load.awaitMore();
        load.stop(writers);

        assertThat(exit).isEqualTo(ExitCode.LEFT_IN_ORDER.status());
        assertThat(load.failures.stream().limit(5)).isEmpty();
        assertThat(List.of(grid.member(1), grid.member(3))).allMatch(MemberProcess::isAlive);
        assertThat(load.acknowledged).hasSizeGreaterThan(WRITERS);
        assertThat(rows()).containsAllEntriesOf(load.acknowledged);
        assertThat(load.map.getAll(load.acknowledged.keySet())).containsAllEntriesOf(load.acknowledged);
    }

    @Test
    void a_shard_that_hangs_does_not_keep_a_member_from_leaving() throws Exception {
        Node primary = grid.shards().shard("shard-1").primary();
        MemberProcess leaving = grid.member(2);
        Load load = new Load(grid.client().getMap("kv"));
        List<Thread> writers = load.start();
        grid.shards().pause(primary);
        try {
            leaving.terminate();

            assertThat(leaving.exitCode().get(60, TimeUnit.SECONDS)).isEqualTo(ExitCode.LEFT_IN_ORDER.status());
        } finally {
            grid.shards().resume(primary);
            load.stop(writers);
        }
    }

    /** Those that start next then have no writer to watch. */
    @Test
    void all_members_may_be_asked_to_leave_at_once_and_none_stays_a_writer() throws Exception {
        List<MemberProcess> leaving = grid.members();
        List<String> addresses = leaving.stream().map(MemberProcess::address).toList();

        leaving.forEach(MemberProcess::terminate);

        for (MemberProcess member : leaving) {
            assertThat(member.exitCode().get(60, TimeUnit.SECONDS)).isEqualTo(ExitCode.LEFT_IN_ORDER.status());
        }
        for (String shard : SHARDS) {
            assertThat(grid.sql(shard).<String>column("SELECT address FROM throughline.writer WHERE NOT fenced"))
                    .as(shard)
                    .doesNotContainAnyElementsOf(addresses);
        }
    }

    private Map<String, String> rows() {
        Map<String, String> rows = new ConcurrentHashMap<>();
        for (String shard : SHARDS) {
            List<String> found =
                    grid.sql(shard).column("SELECT key || ' ' || value FROM kv.entries WHERE key LIKE 'leave-%'");
            found.forEach(row -> rows.put(row.substring(0, row.indexOf(' ')), row.substring(row.indexOf(' ') + 1)));
        }
        return rows;
    }

    /** Writers that each put one key after the other and note what was acknowledged. */
    private static final class Load {

        private final IMap<String, String> map;
        private final Map<String, String> acknowledged = new ConcurrentHashMap<>();
        private final AtomicLong puts = new AtomicLong();
        private final Queue<String> failures = new ConcurrentLinkedQueue<>();
        private final AtomicBoolean stopped = new AtomicBoolean();

        Load(IMap<String, String> map) {
            this.map = map;
        }

        List<Thread> start() {
            List<Thread> writers = new ArrayList<>();
            for (int writer = 0; writer < WRITERS; writer++) {
                String prefix = "leave-" + writer + "-";
                writers.add(new Thread(() -> write(prefix), prefix));
            }
            writers.forEach(Thread::start);
            return writers;
        }

        private void write(String prefix) {
            for (int i = 0; !stopped.get(); i++) {
                String key = prefix + i % 200;
                try {
                    map.set(key, "v" + i);
                    acknowledged.put(key, "v" + i);
                    puts.incrementAndGet();
                } catch (RuntimeException e) {
                    failures.add(e.toString());
                }
            }
        }

        void awaitMore() {
            long before = puts.get();
            await().until(() -> puts.get() > before + 500);
        }

        void stop(List<Thread> writers) throws InterruptedException {
            stopped.set(true);
            for (Thread writer : writers) {
                writer.join(Duration.ofSeconds(30).toMillis());
            }
        }
    }
}
