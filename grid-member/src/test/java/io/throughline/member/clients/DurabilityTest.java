package io.throughline.member.clients;

import static org.assertj.core.api.Assertions.assertThat;

import com.hazelcast.map.IMap;
import io.throughline.localpostgres.Node;
import io.throughline.localpostgres.Shard;
import io.throughline.member.SharedGrid;
import io.throughline.member.Sql;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What "acknowledged" means: on the primary, and received by at least one standby. */
@ExtendWith(SharedGrid.Once.class)
class DurabilityTest {

    private static final int PUTS = 25;

    private final SharedGrid grid;
    private final IMap<String, String> kv;
    private final Rows rows;

    DurabilityTest(SharedGrid grid) {
        this.grid = grid;
        this.kv = grid.client().getMap("kv");
        this.rows = new Rows(grid);
    }

    @ParameterizedTest
    @ValueSource(strings = {"shard-1", "shard-2"})
    void an_acknowledged_put_is_in_the_primarys_table_and_in_a_standbys_received_wal_before_it_returns(String name) {
        Shard shard = grid.shards().shard(name);
        Sql primary = grid.sql(shard.primary());
        for (String key : grid.freshKeysOn(name, PUTS)) {
            kv.set(key, "acknowledged");

            // The row's commit record lies before this position. Asked first, as a query can write WAL of its own.
            String committed =
                    primary.one("SELECT pg_current_wal_flush_lsn()::text").toString();
            assertThat(shard.standbys())
                    .anySatisfy(standby -> assertThat(
                                    grid.sql(standby).one("SELECT pg_last_wal_receive_lsn() >= ?::pg_lsn", committed))
                            .isEqualTo(true));
            rows.assertRow("kv", key, "acknowledged");
        }
    }

    /** The same from the other side: where no standby can receive, nothing is acknowledged. */
    @ParameterizedTest
    @ValueSource(strings = {"shard-1", "shard-2"})
    void a_put_waits_for_as_long_as_no_standby_receives(String name) throws Exception {
        List<Node> standbys = grid.shards().shard(name).standbys();
        String key = grid.freshKeysOn(name, 1).get(0);
        try {
            grid.shards().pause(standbys.get(0));
            kv.set(key, "one standby is enough");
            rows.assertRow("kv", key, "one standby is enough");

            grid.shards().pause(standbys.get(1));
            CompletableFuture<Void> put = kv.setAsync(key, "needs one of them").toCompletableFuture();
            assertThat(isDoneWithin(put, 1_500)).isFalse();
            rows.assertRow("kv", key, "one standby is enough");

            grid.shards().resume(standbys.get(0));
            put.get(10, TimeUnit.SECONDS);
            rows.assertRow("kv", key, "needs one of them");
        } finally {
            standbys.forEach(grid.shards()::resume);
        }
    }

    private static boolean isDoneWithin(CompletableFuture<Void> put, long millis) throws Exception {
        try {
            put.get(millis, TimeUnit.MILLISECONDS);
            return true;
        } catch (TimeoutException waits) {
            return false;
        }
    }
}
