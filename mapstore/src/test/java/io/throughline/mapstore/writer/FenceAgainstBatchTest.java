package io.throughline.mapstore.writer;

import static org.assertj.core.api.Assertions.assertThat;

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
import io.throughline.mapstore.statement.MapTable;
import io.throughline.mapstore.statement.RowWrite;
import io.throughline.mapstore.statement.WriteStatement;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.postgresql.ds.PGSimpleDataSource;

/**
 * A fence against batches in flight, on a real shard. With {@code FOR SHARE} taken out of the batch, or the fence not
 * waited for, rows change after the fence has returned within a few dozen rounds.
 */
@ExtendWith(SharedShards.class)
class FenceAgainstBatchTest {

    private static final MapTable KV = MapTable.of(new GridMapConfig("kv", ValueFormat.TEXT, "kv", 1 << 20));
    private static final int ROWS = 16;

    private GridDatabase database;
    private PGSimpleDataSource primary;

    @BeforeEach
    void migrate(GridDatabase gridDatabase) {
        database = gridDatabase;
        GridConfig config = database.config();
        SchemaMigration.migrate(config);
        primary = new ShardConnections(
                        config.database().name(), config.database().credentials(), config.connections(), "test")
                .primaryOf(config.shards().get(0));
    }

    private static WriteStatement batch(String value) {
        List<RowWrite> rows = new ArrayList<>();
        for (int row = 0; row < ROWS; row++) {
            rows.add(new RowWrite(
                    new RowOperation(Verb.PUT, "kv", "key-" + row, 0, "shard-1"), KV, new ColumnValue(value, 8), null));
        }
        return WriteStatement.of(rows, true, Duration.ofMinutes(1));
    }

    @Test
    void a_fence_waits_for_the_batch_in_flight_and_refuses_every_later_one() throws Exception {
        Random random = new Random(42);
        UUID fencer = UUID.randomUUID();
        ExecutorService writer = Executors.newSingleThreadExecutor();
        try (Connection batches = primary.getConnection();
                Connection fences = primary.getConnection()) {
            WriterSql.register(fences, fencer, "fencer");
            for (int round = 0; round < 1_000; round++) {
                WriterStamp stamp = new WriterStamp(UUID.randomUUID(), 0);
                WriterSql.register(batches, stamp.member(), "writer");
                Future<Integer> applied = writer.submit(() -> writeUntilRefused(batches, stamp));
                LockSupport.parkNanos(random.nextInt(3_000_000));
                assertThat(WriterSql.fence(fences, fencer, Set.of(stamp.member())))
                        .isTrue();
                List<String> afterFence = values(fences);
                int last = applied.get(20, TimeUnit.SECONDS);
                assertThat(values(fences))
                        .as("rows after the fence, in round " + round)
                        .isEqualTo(afterFence);
                if (last >= 0) {
                    assertThat(afterFence).containsOnly(stamp.member() + "/" + last);
                }
            }
        } finally {
            writer.shutdownNow();
        }
    }

    private static List<String> values(Connection connection) throws SQLException {
        List<String> values = new ArrayList<>();
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("SELECT value FROM kv.entries ORDER BY key")) {
            while (rows.next()) {
                values.add(rows.getString(1));
            }
        }
        return values;
    }

    /** The number of the last batch that was applied, or -1. */
    private static int writeUntilRefused(Connection connection, WriterStamp stamp) throws SQLException {
        for (int number = 0; ; number++) {
            if (!batch(stamp.member() + "/" + number).execute(connection, stamp).applied(stamp, true)) {
                return number - 1;
            }
        }
    }

    @Test
    void an_epoch_that_was_raised_refuses_what_was_sent_before() throws SQLException {
        try (Connection connection = primary.getConnection()) {
            WriterStamp before = new WriterStamp(UUID.randomUUID(), 0);
            WriterSql.register(connection, before.member(), "writer");
            WriterSql.raise(connection, before.member());
            assertThat(batch("old").execute(connection, before).applied(before, true))
                    .isFalse();
            WriterStamp after = new WriterStamp(before.member(), 1);
            assertThat(batch("new").execute(connection, after).applied(after, true))
                    .isTrue();
            assertThat(database.query("shard-1", "SELECT value FROM kv.entries"))
                    .containsOnly("new");
        }
    }

    @Test
    void a_writer_without_a_row_writes_nothing() throws SQLException {
        try (Connection connection = primary.getConnection()) {
            WriterStamp unknown = new WriterStamp(UUID.randomUUID(), 0);
            assertThat(batch("x").execute(connection, unknown).applied(unknown, true))
                    .isFalse();
            assertThat(database.query("shard-1", "SELECT value FROM kv.entries"))
                    .isEmpty();
        }
    }

    @Test
    void the_fenced_can_not_fence() throws SQLException {
        try (Connection connection = primary.getConnection()) {
            UUID fenced = UUID.randomUUID();
            UUID healthy = UUID.randomUUID();
            WriterSql.register(connection, fenced, "fenced");
            WriterSql.register(connection, healthy, "healthy");
            assertThat(WriterSql.fence(connection, healthy, Set.of(fenced))).isTrue();
            assertThat(WriterSql.fence(connection, fenced, Set.of(healthy))).isFalse();
            assertThat(WriterSql.row(connection, healthy).fenced()).isFalse();
        }
    }

    @Test
    void a_member_that_never_wrote_here_is_fenced_before_it_can_register() throws SQLException {
        try (Connection connection = primary.getConnection()) {
            UUID healthy = UUID.randomUUID();
            UUID sleeper = UUID.randomUUID();
            WriterSql.register(connection, healthy, "healthy");
            assertThat(WriterSql.fence(connection, healthy, Set.of(sleeper))).isTrue();
            WriterSql.register(connection, sleeper, "sleeper");
            assertThat(WriterSql.row(connection, sleeper).fenced()).isTrue();
        }
    }

    @Test
    void two_that_fence_each_other_do_not_deadlock_and_one_of_them_stays() throws Exception {
        ExecutorService two = Executors.newFixedThreadPool(2);
        try (Connection first = primary.getConnection();
                Connection second = primary.getConnection()) {
            for (int round = 0; round < 200; round++) {
                UUID one = UUID.randomUUID();
                UUID other = UUID.randomUUID();
                WriterSql.register(first, one, "one");
                WriterSql.register(first, other, "other");
                Future<Boolean> byOne = two.submit(() -> WriterSql.fence(first, one, Set.of(other)));
                Future<Boolean> byOther = two.submit(() -> WriterSql.fence(second, other, Set.of(one)));
                assertThat(List.of(byOne.get(), byOther.get())).containsExactlyInAnyOrder(true, false);
            }
        } finally {
            two.shutdownNow();
        }
    }

    @Test
    void a_fence_does_not_wait_for_ever_for_a_batch_that_hangs() throws SQLException {
        try (Connection hanging = primary.getConnection();
                Connection fences = primary.getConnection();
                Statement statement = hanging.createStatement()) {
            UUID fencer = UUID.randomUUID();
            UUID stalled = UUID.randomUUID();
            WriterSql.register(fences, fencer, "fencer");
            WriterSql.register(fences, stalled, "stalled");
            hanging.setAutoCommit(false);
            statement.execute("SELECT FROM throughline.writer WHERE member = '" + stalled + "' FOR SHARE");
            assertThat(org.assertj.core.api.Assertions.catchThrowableOfType(
                                    SQLException.class, () -> WriterSql.fence(fences, fencer, Set.of(stalled)))
                            .getSQLState())
                    .as("lock_not_available: it is tried again")
                    .isEqualTo("55P03");
            hanging.rollback();
        }
    }
}
