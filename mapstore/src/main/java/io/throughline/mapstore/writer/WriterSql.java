package io.throughline.mapstore.writer;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.TreeSet;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The statements on writers. Each is one transaction of its own; a plain UPDATE waits for the batches in flight, which
 * hold their writer's row FOR SHARE (FOR KEY SHARE would not conflict with it: measured).
 */
final class WriterSql {

    /** A batch that hangs in the database holds its writer's row, and its hang must not become ours. */
    private static final String SHORT_LOCK_WAIT = "BEGIN; SET LOCAL lock_timeout = '2s';\n";

    private static final String REGISTER = """
            INSERT INTO throughline.writer (member, address) VALUES (?, ?) ON CONFLICT (member) DO NOTHING;
            INSERT INTO throughline.writer_seen (member, seen_at) VALUES (?, clock_timestamp())
            ON CONFLICT (member) DO UPDATE SET seen_at = excluded.seen_at""";

    private static final String ROW = "SELECT epoch, fenced FROM throughline.writer WHERE member = ?";

    private static final String RAISE = SHORT_LOCK_WAIT + """
            UPDATE throughline.writer SET epoch = epoch + 1 WHERE member = ? AND NOT fenced;
            COMMIT""";

    private static final String UNFENCED = "SELECT member FROM throughline.writer WHERE member <> ? AND NOT fenced";

    /** Locks before anything is read, in one order for every fencer: two that fence each other must not deadlock. */
    private static final String LOCK_ROWS = """
            INSERT INTO throughline.writer (member)
            SELECT member FROM unnest(?::uuid[]) AS absent (member) ORDER BY member ON CONFLICT (member) DO NOTHING;
            SELECT count(*) FROM (SELECT member FROM throughline.writer WHERE member = ANY (?)
                                  ORDER BY member FOR UPDATE) AS locked""";

    /** Only the unfenced may fence. */
    private static final String FENCE = """
            UPDATE throughline.writer AS departed
            SET fenced = true, fenced_by = self.member, fenced_at = clock_timestamp()
            FROM throughline.writer AS self
            WHERE self.member = ? AND NOT self.fenced AND departed.member = ANY (?) AND NOT departed.fenced""";

    /** Nobody else's row is locked, so this can't deadlock. */
    private static final String LEAVE = SHORT_LOCK_WAIT + """
            UPDATE throughline.writer SET fenced = true, fenced_by = member, fenced_at = clock_timestamp()
            WHERE member = ? AND NOT fenced;
            COMMIT""";

    private static final String SEEN = """
            INSERT INTO throughline.writer_seen (member, seen_at) VALUES (?, clock_timestamp())
            ON CONFLICT (member) DO UPDATE SET seen_at = excluded.seen_at""";

    private static final String STRANGERS = """
            SELECT writer.member, writer.address, seen.seen_at, clock_timestamp()
            FROM throughline.writer AS writer LEFT JOIN throughline.writer_seen AS seen USING (member)
            WHERE NOT writer.fenced AND NOT writer.member = ANY (?)""";

    private static final String PURGE = """
            WITH old AS (DELETE FROM throughline.writer
                         WHERE fenced AND fenced_at < clock_timestamp() - make_interval(secs => ?::bigint) RETURNING member)
            DELETE FROM throughline.writer_seen USING old WHERE writer_seen.member = old.member""";

    private static final String END_BACKEND = """
            SELECT pg_terminate_backend(pid) FROM pg_stat_activity
            WHERE pid = ? AND usename = current_user AND pid <> pg_backend_pid()""";

    /**
     * A writer of this shard that is in no list of ours.
     *
     * @param age since it was last seen, on the shard's clock; longer than any limit where it never was
     */
    record Stranger(UUID member, String address, Duration age, Instant seen) {}

    private WriterSql() {}

    static void register(Connection connection, UUID member, String address) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(REGISTER)) {
            statement.setObject(1, member);
            statement.setString(2, address);
            statement.setObject(3, member);
            statement.execute();
        }
    }

    static WriterRow row(Connection connection, UUID member) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(ROW)) {
            statement.setObject(1, member);
            try (ResultSet row = statement.executeQuery()) {
                return row.next() ? new WriterRow(row.getLong(1), row.getBoolean(2)) : WriterRow.MISSING;
            }
        }
    }

    /** Raises the member's epoch, unless it is fenced, when its batches in flight have ended. */
    static void raise(Connection connection, UUID member) throws SQLException {
        execute(connection, RAISE, member);
    }

    /** Everyone else who may write. */
    static List<UUID> unfenced(Connection connection, UUID self) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(UNFENCED)) {
            statement.setObject(1, self);
            List<UUID> others = new ArrayList<>();
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    others.add(rows.getObject(1, UUID.class));
                }
            }
            return others;
        }
    }

    /** When this returns true, none of them writes here again. False where this member is fenced itself. */
    static boolean fence(Connection connection, UUID self, Collection<UUID> departed) throws SQLException {
        TreeSet<UUID> all = new TreeSet<>(departed);
        all.add(self);
        String sql = SHORT_LOCK_WAIT + LOCK_ROWS + ";\n" + FENCE + ";\nCOMMIT";
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setArray(1, uuids(connection, departed));
            statement.setArray(2, uuids(connection, all));
            statement.setObject(3, self);
            statement.setArray(4, uuids(connection, departed));
            statement.execute();
        }
        return !row(connection, self).fenced();
    }

    /** When this returns, the member writes here no more. */
    static void leave(Connection connection, UUID self) throws SQLException {
        execute(connection, LEAVE, self);
    }

    static void seen(Connection connection, UUID member) throws SQLException {
        execute(connection, SEEN, member);
    }

    static List<Stranger> strangers(Connection connection, Collection<UUID> members) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(STRANGERS)) {
            statement.setArray(1, uuids(connection, members));
            List<Stranger> strangers = new ArrayList<>();
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    @Nullable Timestamp at = rows.getTimestamp(3);
                    Instant seen = at == null ? Instant.EPOCH : at.toInstant();
                    Duration age = Duration.between(seen, rows.getTimestamp(4).toInstant());
                    strangers.add(new Stranger(rows.getObject(1, UUID.class), rows.getString(2), age, seen));
                }
            }
            return strangers;
        }
    }

    static void purge(Connection connection, Duration retention) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(PURGE)) {
            statement.setLong(1, retention.toSeconds());
            statement.execute();
        }
    }

    static void endBackend(Connection connection, int pid) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(END_BACKEND)) {
            statement.setInt(1, pid);
            statement.execute();
        }
    }

    private static void execute(Connection connection, String sql, UUID member) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setObject(1, member);
            statement.execute();
        }
    }

    private static java.sql.Array uuids(Connection connection, Collection<UUID> members) throws SQLException {
        return connection.createArrayOf("uuid", members.toArray());
    }
}
